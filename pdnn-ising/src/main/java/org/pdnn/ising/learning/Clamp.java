package org.pdnn.ising.learning;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.pdnn.names.Limits;

/// Which visible bits of a chain are known: they are drawn by means of their own, not by the
/// machine.
///
/// @param known one for each visible bit
/// @param means 0 to 1; of those that are not known without meaning
@SuppressWarnings("ArrayRecordComponent") // copied, compared by nobody
public record Clamp(boolean[] known, float[] means) {
  /// @throws IllegalArgumentException if there are not as many means, or one is none
  public Clamp {
    if (means.length != known.length) {
      throw new IllegalArgumentException(
          "%s bits have as many means, got %s".formatted(known.length, means.length));
    }
    known = known.clone();
    means = means.clone();
    for (float mean : means) {
      if (!(mean >= 0 && mean <= 1)) {
        throw new IllegalArgumentException("the mean of a bit must be 0 to 1, got " + mean);
      }
    }
  }

  /// No bit is known.
  public static Clamp none(Rbm rbm) {
    return new Clamp(new boolean[rbm.visible()], new float[rbm.visible()]);
  }

  /// The label is known.
  public static Clamp label(Rbm rbm, int label) {
    Limits.between("label", 0, rbm.labels() - 1L, label);
    boolean[] known = new boolean[rbm.visible()];
    Arrays.fill(known, rbm.pixels(), rbm.visible(), true);
    float[] means = new float[rbm.visible()];
    means[rbm.pixels() + label] = 1;
    return new Clamp(known, means);
  }

  /// Some pixels of an image are known: its upper half, `pixel -> pixel < 392`.
  public static Clamp pixels(Rbm rbm, float[] image, IntPredicate known) {
    boolean[] all = new boolean[rbm.visible()];
    for (int pixel = 0; pixel < rbm.pixels(); pixel++) {
      all[pixel] = known.test(pixel);
    }
    return new Clamp(all, Arrays.copyOf(image, rbm.visible()));
  }
}
