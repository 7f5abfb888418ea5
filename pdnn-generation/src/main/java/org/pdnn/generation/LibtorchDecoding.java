package org.pdnn.generation;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.training.Processor;
import org.pdnn.training.torch.BatchPasses;

/// Images by libtorch, some tens of times faster than by a sampler where the decoder is
/// convolutional: for evaluations of thousands of images and passes.
///
/// Images are made in blocks of 64, whose noise is seeded by (seed, number of the block); so the
/// first image asked for must begin a block. The same on one machine.
public final class LibtorchDecoding implements Decoding {
  /// Images that are made together.
  public static final int BLOCK = 64;

  private final BatchPasses passes;
  private final Averaging averaging;
  private final long seed;

  public LibtorchDecoding(
      Network decoder, Scheme scheme, Averaging averaging, long seed, Processor processor) {
    this.passes = new BatchPasses(decoder, scheme, processor);
    this.averaging = averaging;
    this.seed = seed;
  }

  @Override
  public Map<Integer, float[][]> images(float[][] latents, long first, SortedSet<Integer> samples) {
    if (first % BLOCK != 0) {
      throw new IllegalArgumentException(
          "the first image must begin a block of %d, got %d".formatted(BLOCK, first));
    }
    Map<Integer, float[][]> images = new TreeMap<>();
    samples.forEach(count -> images.put(count, new float[latents.length][]));
    for (int from = 0; from < latents.length; from += BLOCK) {
      float[][] block = Arrays.copyOfRange(latents, from, Math.min(from + BLOCK, latents.length));
      int at = from;
      block(block, (first + from) / BLOCK, samples)
          .forEach((count, made) ->
              System.arraycopy(
                  made, 0, images.getOrDefault(count, new float[0][]), at, made.length));
    }
    return images;
  }

  private Map<Integer, float[][]> block(float[][] latents, long block, SortedSet<Integer> samples) {
    return switch (averaging) {
      case END -> passes.means(latents, samples, noiseSeed(block));
      case LAYER -> {
        Map<Integer, float[][]> images = new TreeMap<>();
        for (int count : samples) {
          images.put(count, passes.layerwise(latents, count, noiseSeed(block)));
        }
        yield images;
      }
    };
  }

  private long noiseSeed(long block) {
    RandomWords words = Philox.forPurpose(seed, "generation noise");
    return Integer.toUnsignedLong(words.word(block, 0, 0, 0)) << 32
        | Integer.toUnsignedLong(words.word(block, 0, 1, 0));
  }

  @Override
  public void close() {
    passes.close();
  }
}
