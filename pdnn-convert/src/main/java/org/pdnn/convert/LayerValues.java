package org.pdnn.convert;

import java.util.Arrays;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Workers;

/// The values that a layer hands on for the inputs of a calibration, by group of neighbouring
/// channels, over all inputs and passes.
final class LayerValues {
  /// Values kept of a group at most; more say nothing new about its distribution.
  private static final int MOST = 1 << 14;

  private final float[][] groups;

  private LayerValues(float[][] groups) {
    this.groups = groups;
  }

  /// @param layer index of the layer whose output is looked at
  /// @param count groups into which that output is divided, in order
  static LayerValues of(Network network, int layer, int count, Calibration calibration) {
    Network prefix = network.upTo(layer);
    int each = prefix.output().size() / count;
    int passes = prefix.random() ? calibration.run().samples() : 1;
    int inputs = Math.clamp(MOST / Math.max(1, each * passes), 1, calibration.inputs().count());
    Run run = calibration.run().withSamples(passes);
    BlockSampler sampler = new BlockSampler(prefix, run);
    float[][] groups = new float[count][inputs * passes * each];
    LabelledInputs all = calibration.inputs();
    Workers.forEach(
        inputs,
        calibration.threads(),
        () -> {
          BlockSampler own = sampler.fork();
          float[] input = new float[network.input().size()];
          return index -> {
            all.read(index, input);
            double[][] rows = own.passes(input, index, new Philox(calibration.seed()));
            for (int pass = 0; pass < passes; pass++) {
              int at = (index * passes + pass) * each;
              for (int i = 0; i < count * each; i++) {
                groups[i / each][at + i % each] = (float) rows[pass][i];
              }
            }
          };
        });
    for (float[] values : groups) {
      Arrays.sort(values);
    }
    return new LayerValues(groups);
  }

  /// The value of a group below which a share of its values lie.
  double quantile(int group, double share) {
    float[] values = groups[group];
    return values[(int) Math.min(values.length - 1L, (long) Math.ceil(share * values.length))];
  }

  double mean(int group) {
    double sum = 0;
    for (float value : groups[group]) {
      sum += value;
    }
    return sum / groups[group].length;
  }

  double deviation(int group) {
    double mean = mean(group);
    double sum = 0;
    for (float value : groups[group]) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / groups[group].length);
  }

  int groups() {
    return groups.length;
  }
}
