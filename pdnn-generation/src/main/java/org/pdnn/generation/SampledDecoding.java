package org.pdnn.generation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Network;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;

/// Images by a sampler: the same bits on every machine, whatever is asked for at once.
public final class SampledDecoding implements Decoding {
  private final Network decoder;
  private final Run run;
  private final List<Integer> samples;
  private final RandomWords words;

  /// @param run scheme and averaging; its number of samples does not matter
  /// @param samples the numbers of passes T
  public SampledDecoding(Network decoder, Run run, List<Integer> samples, RandomWords words) {
    this.decoder = decoder;
    this.run = run;
    this.samples = List.copyOf(samples);
    this.words = words;
  }

  @Override
  public Map<Integer, float[][]> images(float[][] latents, long first) {
    Map<Integer, float[][]> images = new TreeMap<>();
    if (run.anytime() || !decoder.random()) {
      double[][][] passes = passes(Collections.max(samples), latents, first);
      samples.forEach(count -> images.put(count, means(passes, count)));
    } else {
      samples.forEach(count -> images.put(count, means(passes(count, latents, first), count)));
    }
    return images;
  }

  private double[][][] passes(int count, float[][] latents, long first) {
    Sampler sampler = new BlockSampler(decoder, run.withSamples(count));
    return sampler.passes(latents, first, words);
  }

  /// The means of the first passes; of all, if there are fewer.
  private static float[][] means(double[][][] passes, int count) {
    float[][] means = new float[passes.length][];
    for (int image = 0; image < means.length; image++) {
      int own = Math.min(count, passes[image].length);
      means[image] = FloatRows.rounded(Outputs.mean(passes[image], own));
    }
    return means;
  }

  /// Nothing is held.
  @Override
  public void close() {}
}
