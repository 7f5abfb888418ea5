package org.pdnn.generation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.FloatRows;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.torch.BatchSampler;

/// Images by libtorch, for evaluations of thousands of images and passes that would take a sampler
/// hours.
///
/// Images are made in blocks of 64, whose noise is seeded by (seed, number of the block); so the
/// first image asked for must begin a block. The same on one machine.
public final class LibtorchDecoding implements Decoding {
  /// Images that are made together.
  public static final int BLOCK = 64;

  private final List<Integer> samples;
  private final BatchSampler sampler;
  private final long seed;

  /// @param samples the numbers of passes T, ascending
  public LibtorchDecoding(
      Network decoder, Scheme scheme, Averaging averaging, List<Integer> samples, long seed) {
    this.samples = List.copyOf(samples);
    this.seed = seed;
    this.sampler =
        new BatchSampler(
            decoder,
            new Evaluation(
                this.samples, scheme, averaging, LastHidden.BITS, Outputs.LOGITS, seed, 1),
            1);
  }

  @Override
  public Map<Integer, float[][]> images(float[][] latents, long first) {
    if (first % BLOCK != 0) {
      throw new IllegalArgumentException(
          "the first image must begin a block of %s, got %s".formatted(BLOCK, first));
    }
    float[][][] images = new float[samples.size()][latents.length][];
    for (int from = 0; from < latents.length; from += BLOCK) {
      float[][] block = Arrays.copyOfRange(latents, from, Math.min(from + BLOCK, latents.length));
      long noise = Philox.seedFor(seed, "generation noise", (first + from) / BLOCK);
      float[][] averages = sampler.averages(FloatRows.flat(block), noise);
      for (int point = 0; point < images.length; point++) {
        // A deterministic decoder makes one pass, whatever T.
        float[] made = averages[Math.min(point, averages.length - 1)];
        float[][] rows = FloatRows.of(made, block.length);
        System.arraycopy(rows, 0, images[point], from, rows.length);
      }
    }
    Map<Integer, float[][]> bySamples = new LinkedHashMap<>();
    for (int point = 0; point < images.length; point++) {
      bySamples.put(samples.get(point), images[point]);
    }
    return bySamples;
  }

  @Override
  public void close() {
    sampler.close();
  }
}
