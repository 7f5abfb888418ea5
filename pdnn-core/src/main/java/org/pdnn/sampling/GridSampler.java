package org.pdnn.sampling;

import org.pdnn.integer.InputGrid;
import org.pdnn.random.RandomWords;

/// Reads inputs as a grid of few bits has them, as the integer samplers do.
record GridSampler(Sampler sampler, InputGrid grid) implements Sampler {
  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    float[] read = new float[input.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = grid.quantise(input[i]) * grid.step();
    }
    return sampler.passes(read, index, words);
  }

  @Override
  public Run run() {
    return sampler.run();
  }

  @Override
  public boolean random() {
    return sampler.random();
  }

  @Override
  public GridSampler fork() {
    return new GridSampler(sampler.fork(), grid);
  }
}
