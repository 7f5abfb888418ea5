package org.pdnn.generation;

import org.pdnn.names.Limits;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Latent variables from N(0, 1), addressed by (seed, image, variable): image i is made of the same
/// ones whatever network makes it.
///
/// @param size variables an image, at least 1
public record Latents(int size, long seed) {
  public Latents {
    Limits.atLeast("latent variables", 1, size);
  }

  /// The latent variables of an image.
  public float[] of(long image) {
    RandomWords words = Philox.forPurpose(seed, "latent");
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Gaussian.of(words, image, 0, i);
    }
    return values;
  }

  /// Those of the images `from` to `to` - 1.
  public float[][] of(long from, long to) {
    float[][] all = new float[Math.toIntExact(to - from)][];
    for (int i = 0; i < all.length; i++) {
      all[i] = of(from + i);
    }
    return all;
  }
}
