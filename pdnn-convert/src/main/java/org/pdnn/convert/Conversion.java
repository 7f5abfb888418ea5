package org.pdnn.convert;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Activation;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// How a deterministic network becomes a p-DNN: a list of steps, each measured.
///
/// ```java
/// Network tanh = Source.read(Path.of("net.onnx")).network();
/// Calibration some = Calibration.of(LabelledInputs.of(mnist.training().some(1000, 1)));
/// Converted converted = Conversion.on(some).convert(tanh);
/// new Model(converted.network(), Map.of()).write(Path.of("p.safetensors"));
/// ```
///
/// @param calibration what to measure on; without one nothing is measured or calibrated
/// @param tolerance accuracy that may be lost, a share
/// @param relus what becomes of rectifiers
/// @param weights how weights are rounded; empty leaves them as they are
/// @param fineTune training on the converted network, if it is allowed; then what the steps before
///   it lose is its to win back
/// @param without names of steps that are left out
public record Conversion(
    Optional<Calibration> calibration,
    double tolerance,
    ReluPolicy relus,
    Optional<WeightFormat> weights,
    Optional<FineTune> fineTune,
    Set<String> without) {
  /// Two points of accuracy.
  public static final double TOLERANCE = 0.02;

  /// Nothing is measured: for networks whose data are elsewhere.
  public static final Conversion UNMEASURED =
      new Conversion(
          Optional.empty(),
          TOLERANCE,
          ReluPolicy.AUTO,
          Optional.of(new WeightFormat(8, false)),
          Optional.empty(),
          Set.of());

  /// @throws IllegalArgumentException if a number is out of range or a name is no step
  public Conversion {
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("tolerance must be 0 to 1, got " + tolerance);
    }
    if (fineTune.isPresent() && calibration.isEmpty()) {
      throw new IllegalArgumentException("fine-tuning needs a calibration set to be judged on");
    }
    without = Set.copyOf(without);
    Set<String> known = new LinkedHashSet<>();
    all(tolerance, relus, weights, fineTune).forEach(step -> known.add(step.name()));
    for (String name : without) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "there is no step '%s' to leave out; the steps are %s"
                .formatted(name, String.join(", ", known)));
      }
    }
  }

  /// Everything by default, measured on a calibration set and rounded as it is run.
  public static Conversion on(Calibration calibration) {
    return new Conversion(
        Optional.of(calibration),
        TOLERANCE,
        ReluPolicy.AUTO,
        calibration.precision().weights(),
        Optional.empty(),
        Set.of());
  }

  public Conversion withTolerance(double share) {
    return new Conversion(calibration, share, relus, weights, fineTune, without);
  }

  public Conversion withRelus(ReluPolicy policy) {
    return new Conversion(calibration, tolerance, policy, weights, fineTune, without);
  }

  public Conversion withFineTune(FineTune training) {
    return new Conversion(calibration, tolerance, relus, weights, Optional.of(training), without);
  }

  public Conversion without(Set<String> steps) {
    return new Conversion(calibration, tolerance, relus, weights, fineTune, steps);
  }

  /// The steps in order.
  public List<Step> steps() {
    return all(tolerance, relus, weights, fineTune).stream()
        .filter(step -> !without.contains(step.name()))
        .toList();
  }

  private static List<Step> all(
      double tolerance,
      ReluPolicy relus,
      Optional<WeightFormat> weights,
      Optional<FineTune> fineTune) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.rewriting(
            "fold-batch-norm",
            "take batch norms into the weights before them, or else after them",
            network -> FoldForward.apply(FoldBatchNorm.apply(network))));
    steps.add(
        Step.rewriting(
            "move-after-pools",
            "move activations after max-pools, where one p-bit serves a whole pool",
            MoveNeuronsAfterPool::apply));
    steps.add(
        new Step(
            "bound-relus",
            "give rectifiers an upper bound by channel, so that p-bits can stand for them",
            false,
            new BoundRelus(relus)::apply));
    weights.map(Conversion::rounding).ifPresent(steps::add);
    steps.add(
        new Step(
            "replace-activations",
            "put p-bits in place of sigmoid, tanh and clip",
            false,
            ReplaceActivations::apply));
    steps.add(
        new Step(
            "noise-on-relus",
            "put noise on hidden rectifiers, by --relu noisy",
            false,
            new NoiseOnRelus(relus, tolerance)::apply));
    steps.add(
        new Step(
            "match-statistics",
            "give pre-activations the mean and deviation that they have without noise",
            true,
            MatchStatistics::apply));
    steps.add(
        new Step(
            "calibrate-temperatures",
            "choose how steep each layer of p-bits and the logits are",
            true,
            CalibrateTemperatures::apply));
    fineTune.ifPresent(plan ->
        steps.add(
            new Step(
                "fine-tune",
                "train on with noise: " + plan.description(),
                true,
                new FineTuning(plan, weights)::apply)));
    return steps;
  }

  private static Step rounding(WeightFormat format) {
    return Step.rewriting(
        "quantise-weights",
        "round hidden weights to %s-bit numbers, those of the first and the last layer to 8"
            .formatted(format),
        network -> QuantiseWeights.apply(network, format));
  }

  /// Converts without reporting progress.
  public Converted convert(Network source) throws IOException, ConversionException {
    return convert(source, result -> {});
  }

  /// Takes all steps; with [ReluPolicy#AUTO] for one policy after the other, until one makes a
  /// network of random neurons that loses no more than is tolerated.
  ///
  /// @param listener receives the outcome of each step
  /// @throws ConversionException if a step loses more than is tolerated, by every policy
  /// @throws IOException if fine-tuning cannot write its files
  public Converted convert(Network source, Consumer<StepOutcome> listener)
      throws IOException, ConversionException {
    List<ReluPolicy> policies = policies(source);
    List<String> remarks = new ArrayList<>();
    Optional<ConversionException> first = Optional.empty();
    Optional<Converted> last = Optional.empty();
    for (ReluPolicy policy : policies) {
      try {
        Converted converted = withRelus(policy).once(source, listener);
        last =
            Optional.of(
                new Converted(
                    source, converted.bounded(), converted.network(), converted.steps(), remarks));
        if (converted.network().random()) {
          break;
        }
        remarks.add("rectifiers did not become %s".formatted(policy.made()));
      } catch (ConversionException e) {
        first = first.or(() -> Optional.of(e));
        remarks.add("rectifiers did not become %s: %s".formatted(policy.made(), e.reason()));
      }
    }
    if (last.isEmpty()) {
      throw first.orElseThrow();
    }
    return last.get();
  }

  /// Without hidden rectifiers, or data to choose by, all policies are one.
  private List<ReluPolicy> policies(Network source) {
    boolean rectified =
        source.hiddenNeurons().stream()
            .map(i -> source.layers().get(i))
            .anyMatch(new Neurons(Neuron.deterministic(Activation.RELU))::equals);
    return rectified && calibration.isPresent() ? relus.tries() : List.of(relus);
  }

  private Converted once(Network source, Consumer<StepOutcome> listener)
      throws IOException, ConversionException {
    Optional<LabelledLogits> original = calibration.map(set -> set.answers(source));
    LossCheck check = new LossCheck(tolerance);
    Optional<LabelledLogits> before = original;
    Network network = source;
    Network bounded = source.deterministicTwin();
    List<Step> steps = steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      long start = System.nanoTime();
      Change change = step.action().apply(network, calibration);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      Optional<LabelledLogits> after =
          change.network().equals(network)
              ? before
              : calibration.map(set -> set.answers(change.network()));
      Optional<StepOutcome.Cost> cost = cost(before, after);
      StepOutcome result =
          new StepOutcome(step.name(), change.effect(), change.details(), cost, time);
      listener.accept(result);
      if (change.effect().isEmpty()) {
        continue;
      }
      if (original.isPresent() && after.isPresent()) {
        boolean hope = steps.subList(i + 1, steps.size()).stream().anyMatch(Step::winsBack);
        check.step(result, after.get().lossSince(original.get()), hope);
      } else {
        check.unmeasured(result);
      }
      network = change.network();
      bounded = network.random() ? bounded : network;
      before = after;
    }
    return new Converted(source, bounded, network, check.results(), List.of());
  }

  private static Optional<StepOutcome.Cost> cost(
      Optional<LabelledLogits> before, Optional<LabelledLogits> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StepOutcome.Cost(
            after.get().accuracy(),
            after.get().lossSince(before.get()).overInputs(),
            after.get().negativeLogLikelihood(),
            after.get().largestDifference(before.get())));
  }

  /// The list as text, one line per step.
  public String explained() {
    return steps().stream()
        .map(step -> "%-24s%s".formatted(step.name(), step.purpose()))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
