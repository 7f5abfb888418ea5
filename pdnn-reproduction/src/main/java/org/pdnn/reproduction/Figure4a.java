package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Outputs;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Comparison;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.Start;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;

/// Figure 4a: accuracy of VGG5 on CIFAR-10 against T, for networks trained with different s, beside
/// deterministic activations of 32, 3, 2 and 1 bits, averaging layer by layer, tanh in place of
/// sigmoid, and scrambled passes in training, in measuring, or in both.
public final class Figure4a implements Experiment {
  private static final String PRESET = "vgg5";
  private static final Neuron PBIT = new Neuron.PBit(Activation.SIGMOID);
  private static final Neuron TANH_PBIT = new Neuron.PBit(Activation.TANH);

  /// What pre-activations are multiplied by when p-bits follow the twin, and what is taken off them
  /// under pools: chosen by the loss of a first short epoch, in which s = 1 reached 66 % with these
  /// and 40 % with gain 1 and 1 taken off.
  private static final double GAIN = 4;

  private static final double LOWERED = 4;

  private static final Start GLOROT = new Start.Fresh(InitialWeights.GLOROT);

  private static final int ALL = Integer.MAX_VALUE;

  /// What a budget allows.
  ///
  /// @param images learnt from
  /// @param test images measured on
  /// @param twinEpochs of the deterministic networks that start from scratch
  /// @param epochs of all others, whatever their s
  /// @param trained the s
  /// @param ablation the s of the variants
  /// @param samples the T
  /// @param seeds noise seeds
  private record Scale(
      int images,
      int test,
      int twinEpochs,
      int epochs,
      List<Integer> trained,
      int ablation,
      List<Integer> samples,
      int seeds) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY -> new Scale(1_500, 400, 4, 1, List.of(1, 2), 2, List.of(1, 2, 4), 2);
        case QUICK -> new Scale(8_000, 2_000, 8, 2, List.of(1, 5), 2, PaperAccuracies.SAMPLES, 3);
        case STANDARD ->
            new Scale(ALL, ALL, 24, 4, List.of(1, 2, 3, 5), 2, PaperAccuracies.SAMPLES, 3);
        case PAPER ->
            new Scale(ALL, ALL, 1000, 1000, List.of(1, 2, 3, 5, 45), 5, PaperAccuracies.SAMPLES, 5);
      };
    }
  }

  @Override
  public String name() {
    return "fig4a";
  }

  @Override
  public String title() {
    return "Accuracy against samples, CIFAR-10";
  }

  @Override
  public String data() {
    return "cifar10";
  }

  @Override
  public List<Cell> cells(Budget budget, DataSet data, long seed) {
    return new Plan(budget, data, seed).cells();
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new Figure4aDrawing(this, findings);
  }

  /// The deterministic 32-bit network that other experiments share.
  static TrainedNetwork twin(Budget budget, DataSet data, long seed) {
    return new Plan(budget, data, seed).twin;
  }

  /// The p-DNN trained with s passes that other experiments share.
  static TrainedNetwork pdnn(Budget budget, DataSet data, long seed, int s) {
    return new Plan(budget, data, seed).pdnn(s, Scheme.INDEPENDENT);
  }

  /// The cells of one budget.
  private static final class Plan {
    private final Scale scale;
    private final boolean paper;
    private final Images training;
    private final Images test;
    private final boolean flip;
    private final long seed;
    private final TrainedNetwork twin;

    Plan(Budget budget, DataSet data, long seed) {
      this.scale = Scale.of(budget);
      this.paper = budget == Budget.PAPER;
      this.training = first(data.training(), scale.images());
      this.test = first(data.test(), scale.test());
      this.flip = data.name().equals("cifar10");
      this.seed = seed;
      this.twin = twin(Activation.SIGMOID);
    }

    private static Images first(Images images, int most) {
      return images.slice(0, Math.min(most, images.count()));
    }

    private Hyperparameters hyperparameters(int s, int epochs) {
      Hyperparameters paperwise =
          Hyperparameters.paper().withFlip(flip).withSeed(seed).withSamples(s).withEpochs(epochs);
      return paper
          ? paperwise
          : paperwise
              .withSchedule(Schedule.COSINE)
              .withLearningRate(2e-3)
              .withArithmetic(Arithmetic.BFLOAT16);
    }

    private TrainedNetwork trained(Neuron neuron, Hyperparameters hyperparameters, Start start) {
      return new TrainedNetwork(training, PRESET, neuron, hyperparameters, start);
    }

    /// From scratch.
    private TrainedNetwork twin(Activation activation) {
      return trained(
          Neuron.deterministic(activation), hyperparameters(1, scale.twinEpochs()), GLOROT);
    }

    private TrainedNetwork deterministic(int bits) {
      return trained(
          new Neuron.Deterministic(Activation.SIGMOID, bits),
          hyperparameters(1, scale.epochs()),
          paper ? GLOROT : Start.Warm.asIs(twin));
    }

    TrainedNetwork pdnn(int s, Scheme scheme) {
      return trained(
          PBIT,
          hyperparameters(s, scale.epochs()).withScheme(scheme),
          paper ? GLOROT : new Start.Warm(twin, GAIN, LOWERED));
    }

    /// tanh(I) = 2 sigmoid(2 I) - 1: half the shift moves its bits as far.
    private TrainedNetwork tanh(int s) {
      return trained(
          TANH_PBIT,
          hyperparameters(s, scale.epochs()),
          paper ? GLOROT : new Start.Warm(twin(Activation.TANH), GAIN, LOWERED / 2));
    }

    private MeasuredCurve measured(TrainedNetwork model, Scheme scheme) {
      return MeasuredCurve.of(model, test, evaluation(scale.samples(), scheme, Averaging.END));
    }

    private Evaluation evaluation(List<Integer> samples, Scheme scheme, Averaging averaging) {
      return new Evaluation(
          samples, scheme, averaging, LastHidden.BITS, Outputs.LOGITS, seed, scale.seeds());
    }

    List<Cell> cells() {
      Map<Integer, MeasuredCurve> byTraining = new TreeMap<>();
      for (int s : scale.trained()) {
        byTraining.put(s, measured(pdnn(s, Scheme.INDEPENDENT), Scheme.INDEPENDENT));
      }
      MeasuredCurve oneBit = measured(deterministic(1), Scheme.INDEPENDENT);
      MeasuredCurve threeBits = measured(deterministic(3), Scheme.INDEPENDENT);
      MeasuredCurve layerWise =
          new MeasuredCurve(
              twin, PBIT, test, evaluation(scale.samples(), Scheme.INDEPENDENT, Averaging.LAYER));
      List<Cell> cells = new ArrayList<>();
      cells.add(measured(twin, Scheme.INDEPENDENT));
      cells.addAll(byTraining.values());
      cells.addAll(
          List.of(oneBit, measured(deterministic(2), Scheme.INDEPENDENT), threeBits, layerWise));
      cells.addAll(variants());
      byTraining.forEach((s, curve) -> cells.addAll(risesWithSamples(s, curve)));
      cells.addAll(risesWithTraining(List.copyOf(byTraining.entrySet())));
      byTraining.forEach((s, curve) -> {
        if (s >= 5) {
          cells.add(Comparison.of("s = %d at T = 2 above 1 bit".formatted(s), curve, 2, oneBit, 1));
        }
      });
      int most = scale.trained().getLast();
      MeasuredCurve best = byTraining.getOrDefault(most, oneBit);
      int ten = scale.samples().contains(10) ? 10 : scale.samples().getLast();
      cells.add(
          new Comparison(
              "s = %d at T = %d no more than a point below 3 bits".formatted(most, ten),
              0.01,
              best,
              ten,
              threeBits,
              1));
      cells.add(
          Comparison.of(
              "s = %d averaged at the end above the frozen network averaged by layers, T = %d"
                  .formatted(most, ten),
              best,
              ten,
              layerWise,
              ten));
      return cells;
    }

    /// tanh beside sigmoid; passes that share randomness, in training and in measuring.
    private List<Cell> variants() {
      int s = scale.ablation();
      TrainedNetwork scrambled = pdnn(s, Scheme.SCRAMBLED);
      return List.of(
          measured(twin(Activation.TANH), Scheme.INDEPENDENT),
          measured(tanh(s), Scheme.INDEPENDENT),
          measured(pdnn(s, Scheme.INDEPENDENT), Scheme.SCRAMBLED),
          measured(scrambled, Scheme.INDEPENDENT),
          measured(scrambled, Scheme.SCRAMBLED));
    }

    private List<Cell> risesWithSamples(int s, MeasuredCurve curve) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 1; i < scale.samples().size(); i++) {
        int more = scale.samples().get(i);
        int fewer = scale.samples().get(i - 1);
        cells.add(
            Comparison.of(
                "s = %d: T = %d above T = %d".formatted(s, more, fewer),
                curve,
                more,
                curve,
                fewer));
      }
      return cells;
    }

    private List<Cell> risesWithTraining(List<Map.Entry<Integer, MeasuredCurve>> curves) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 1; i < curves.size(); i++) {
        for (int samples : scale.samples()) {
          cells.add(
              Comparison.of(
                  "T = %d: s = %d above s = %d"
                      .formatted(samples, curves.get(i).getKey(), curves.get(i - 1).getKey()),
                  curves.get(i).getValue(),
                  samples,
                  curves.get(i - 1).getValue(),
                  samples));
        }
      }
      return cells;
    }
  }
}
