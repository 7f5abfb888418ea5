package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.integer.WeightCodes;
import org.pdnn.network.Place;
import org.pdnn.random.RandomWords;
import org.pdnn.sums.Geometry;

/// What sampling a network in integers means, written to be read: one pass after the other, one
/// unit after the other. [IntegerSampler] equals it bit for bit.
public final class IntegerReference implements Sampler {
  private final IntegerNetwork network;
  private final Run run;
  private final Expectations expectations;

  public IntegerReference(IntegerNetwork network, Run run) {
    this.network = network;
    this.run = run;
    this.expectations = Expectations.of(network, run);
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public boolean random() {
    return network.random();
  }

  /// Itself: it keeps no scratch memory.
  @Override
  public Sampler fork() {
    return this;
  }

  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    RandomWords passWords = run.scheme().over(words, run.samples());
    double[][] outputs = new double[random() ? run.samples() : 1][];
    for (int sample = 0; sample < outputs.length; sample++) {
      outputs[sample] = pass(input, index, passWords, sample);
    }
    return outputs;
  }

  private double[] pass(float[] input, long index, RandomWords words, int sample) {
    LiveValues<int[]> values =
        new LiveValues<>(network.nodes().stream().map(Node::reads).toList(), codes(input));
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      List<int[]> read = shifted(values.read(i), i);
      if (node.layer() instanceof IntegerLayer.Logits(var weights, var _)) {
        int fractionBits = expectations.in(i) ? Threshold.BITS : 0;
        return network.outputs(sums(weights, read.getFirst()), fractionBits);
      }
      values.write(i, output(i, read, index, words, sample));
    }
    return network.outputs(Arrays.stream(values.output()).asLongStream().toArray(), 0);
  }

  /// Codes in the unit of the node that reads them.
  private List<int[]> shifted(List<int[]> read, int reader) {
    List<int[]> shifted = new ArrayList<>();
    for (int operand = 0; operand < read.size(); operand++) {
      int from = network.nodes().get(reader).reads().get(operand);
      int shift = expectations.shift(from, reader);
      shifted.add(Arrays.stream(read.get(operand)).map(code -> code << shift).toArray());
    }
    return shifted;
  }

  /// The input on its grid, in the order of units.
  private int[] codes(float[] input) {
    Values values = network.values(Place.INPUT);
    int[] codes = new int[input.length];
    for (int i = 0; i < codes.length; i++) {
      codes[values.unit(i)] = network.grid().code(input[i]);
    }
    return codes;
  }

  private int[] output(int i, List<int[]> read, long index, RandomWords words, int sample) {
    Node node = network.nodes().get(i);
    int[] x = read.getFirst();
    int[] y = new int[node.values().units()];
    int channels = node.values().channels();
    switch (node.layer()) {
      case IntegerLayer.Linear(var weights, var affine) -> {
        long[] sums = sums(weights, x);
        for (int unit = 0; unit < y.length; unit++) {
          y[unit] = affine.apply(unit / channels, unit % channels, Math.toIntExact(sums[unit]));
        }
      }
      case IntegerLayer.Logits _ -> throw new IllegalStateException("logits are not read");
      case IntegerLayer.Levels(var table) -> {
        for (int unit = 0; unit < y.length; unit++) {
          y[unit] = table.code(x[unit]);
        }
      }
      case IntegerLayer.PBits bits -> {
        int[] thresholds = thresholds(node, bits, x);
        if (expectations.in(i)) {
          return thresholds;
        }
        for (int unit = 0; unit < y.length; unit++) {
          int word = words.word(index, bits.address(), unit, sample);
          y[unit] = Threshold.up(word, thresholds[unit]) ? 1 : 0;
        }
      }
      case IntegerLayer.Rescale _,
          IntegerLayer.Sum _,
          IntegerLayer.Mixture _,
          IntegerLayer.Gate _,
          IntegerLayer.Concatenation _,
          IntegerLayer.Arrangement _,
          IntegerLayer.Greatest _,
          IntegerLayer.Mean _ ->
          WeightlessLayers.compute(
              node,
              read.stream().map(WeightlessLayers.Row::of).toList(),
              network.values(node.reads().getFirst()),
              WeightlessLayers.Row.of(y));
    }
    return y;
  }

  /// Sums of codes times weights, of what lies in the image.
  private static long[] sums(WeightCodes weights, int[] x) {
    Geometry g = weights.geometry();
    long[] y = new long[g.sums()];
    for (int unit = 0; unit < y.length; unit++) {
      int pixel = unit / g.outputs();
      y[unit] =
          weights.sum(
              pixel / g.outputColumns(),
              pixel % g.outputColumns(),
              unit % g.outputs(),
              place -> x[place]);
    }
    return y;
  }

  /// P(up) of each unit in units of 2^-15.
  private int[] thresholds(Node node, IntegerLayer.PBits bits, int[] x) {
    int[] thresholds = new int[node.values().units()];
    if (bits.pool().isEmpty()) {
      for (int unit = 0; unit < thresholds.length; unit++) {
        thresholds[unit] = bits.curve().of(x[unit]);
      }
      return thresholds;
    }
    WeightlessLayers.pool(
        bits.pool().get(),
        network.values(node.reads().getFirst()),
        node.values(),
        (unit, members) -> {
          for (int member : members) {
            thresholds[unit] = Threshold.either(thresholds[unit], bits.curve().of(x[member]));
          }
        });
    return thresholds;
  }
}
