package org.pdnn.explorer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.data.DataSet;
import org.pdnn.data.Digits;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Estimate;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// Networks that nobody trained, with accuracies that nobody measured: what the page computes of
/// them must be right all the same.
final class SampleExplored {
  static final DataSet DIGITS = Digits.generate(1, 10, 20);

  /// Of all trials; more of them are right with more samples or bits.
  private static final int INPUTS = 1000;

  private SampleExplored() {}

  static Explored of(String preset, String neuron, InputForm form, long seed) {
    Network zero =
        Preset.network(
            preset, DIGITS.test().shape(), DIGITS.test().classes(), Neuron.parse(neuron));
    Network network = InitialWeights.GLOROT.of(zero, 7);
    List<Question> questions =
        List.of("8", "4", "1").stream()
            .map(weights ->
                question(
                    network, Neuron.parse(neuron), Precision.parse(weights).on(InputGrid.of(form))))
            .toList();
    return new Explored(
        new Model(network, form, Optional.empty(), Map.of()),
        DIGITS.test().shape(),
        DIGITS.test().classNames(),
        IntStream.range(0, 10).mapToObj(SampleExplored::example).toList(),
        questions,
        Technology.named("sram65"),
        seed,
        Map.of("networks", preset));
  }

  private static Explored.Example example(int index) {
    float[] values = new float[DIGITS.test().shape().size()];
    DIGITS.test().read(index, values, 0);
    return new Explored.Example(
        DIGITS.test().label(index),
        IntStream.range(0, values.length).mapToObj(i -> Math.round(255 * values[i])).toList());
  }

  private static Question question(Network network, Neuron random, Precision weights) {
    List<Trial> trials = new ArrayList<>();
    for (int bits : new int[] {32, 8, 3, 1}) {
      // Weights of one bit are too few for those with the most bits of activation.
      boolean fallen = weights.toString().equals("1") && bits >= 8;
      Neuron neuron = new Neuron.Deterministic(random.activation(), bits);
      trials.add(
          trial(
              network.withHiddenNeurons(_ -> neuron),
              neuron,
              1,
              Optional.empty(),
              weights,
              List.of(right(fallen ? 477 : 960 - 60 / bits))));
    }
    for (Scheme scheme :
        List.of(Scheme.SCRAMBLED, Scheme.INDEPENDENT, Scheme.ANTITHETIC, Scheme.XOR)) {
      // With weights of four bits no samples reach the required accuracy.
      int better = weights.toString().equals("4") ? -40 : scheme == Scheme.SCRAMBLED ? 6 : 0;
      for (int samples : new int[] {1, 2, 4, 8, 16, 32}) {
        int count = 965 - 80 / samples + better;
        trials.add(
            trial(
                network,
                random,
                samples,
                Optional.of(scheme),
                weights,
                List.of(right(count - 3), right(count), right(count + 4))));
      }
    }
    return new Question(trials, 0.1, Question.TOLERANCE);
  }

  private static Trial trial(
      Network network,
      Neuron neuron,
      int samples,
      Optional<Scheme> scheme,
      Precision weights,
      List<BitSet> seeds) {
    Correctness run = new Correctness(INPUTS, seeds);
    double[] shares =
        seeds.stream().mapToDouble(one -> (double) one.cardinality() / INPUTS).toArray();
    return new Trial(
        new Setting("network", neuron, samples, scheme, weights, LastHidden.BITS, Outputs.LOGITS),
        Workload.of(network),
        shares.length == 1 ? Estimate.exact(shares[0]) : Estimate.over(shares),
        List.of(run));
  }

  private static BitSet right(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }
}
