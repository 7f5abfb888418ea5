package org.pdnn.benchmark;

import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Sampler;

/// A [Sampler] of ours: each input by itself, T passes, their mean.
final class SamplerContender implements Contender {
  private final String name;
  private final Arithmetic arithmetic;
  private final int samples;
  private final Sampler sampler;
  private final float[][] inputs;
  private final RandomWords words;
  private final float[][] logits;
  private boolean closed;

  SamplerContender(String name, Arithmetic arithmetic, int samples, Sampler sampler, Task task) {
    if (task.threads() > 1) {
      throw new IllegalArgumentException(
          "%s runs in one thread, got %s threads".formatted(name, task.threads()));
    }
    this.name = name;
    this.arithmetic = arithmetic;
    this.samples = samples;
    this.sampler = sampler;
    this.inputs = task.inputs();
    this.words = new Philox(task.seed());
    this.logits = new float[inputs.length][task.network().output().size()];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Arithmetic arithmetic() {
    return arithmetic;
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
    for (int input = 0; input < inputs.length; input++) {
      double[][] passes = sampler.passes(inputs[input], input, words);
      for (int output = 0; output < logits[input].length; output++) {
        double sum = 0;
        for (double[] pass : passes) {
          sum += pass[output];
        }
        logits[input][output] = (float) (sum / passes.length);
      }
    }
  }

  @Override
  public float[][] logits() {
    float[][] copy = new float[logits.length][];
    for (int row = 0; row < copy.length; row++) {
      copy[row] = logits[row].clone();
    }
    return copy;
  }

  @Override
  public void close() {
    closed = true;
  }
}
