package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.sampling.Outputs;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

class ConversionTest {
  private static Network tanh;
  private static Network cnn;

  @BeforeAll
  static void train() {
    tanh = TrainedDigits.mlp("tanh");
    cnn = TrainedDigits.cnn("tanh");
  }

  private static List<String> names(List<StepOutcome> passes) {
    return passes.stream().map(StepOutcome::name).toList();
  }

  private static StepOutcome.Cost cost(Converted converted, String pass) {
    return converted.steps().stream()
        .filter(result -> result.name().equals(pass))
        .findFirst()
        .flatMap(StepOutcome::cost)
        .orElseThrow();
  }

  @Test
  void theListIsReadInTheOrderInWhichItRuns() throws Exception {
    Conversion conversion = Conversion.on(TrainedDigits.calibration(8, "8"));
    List<StepOutcome> told = new ArrayList<>();
    Converted converted = conversion.convert(tanh, told::add);
    assertEquals(
        List.of(
            "fold-batch-norm",
            "move-after-pools",
            "bound-relus",
            "quantise-weights",
            "replace-activations",
            "noise-on-relus",
            "match-statistics",
            "calibrate-temperatures"),
        names(told));
    // A chain of dense layers has neither batch norms nor pools.
    assertEquals(told.subList(2, told.size()), converted.steps());
    assertEquals(
        names(told),
        conversion.explained().lines().map(line -> line.substring(0, line.indexOf(' '))).toList());
    assertEquals(tanh, converted.source());
  }

  @Test
  void hiddenActivationsBecomePBitsAndAccuracyIsKept() throws Exception {
    Converted converted = Conversion.on(TrainedDigits.calibration(32, "8")).convert(tanh);
    assertEquals(2, count(converted.network(), "pbit:tanh"));
    assertEquals(
        List.of("tanh at layers 2, 4 became pbit:tanh"), converted.steps().get(2).details());
    assertEquals(QuantiseWeights.apply(tanh, new WeightFormat(8, false)), converted.bounded());
    assertTrue(cost(converted, "calibrate-temperatures").accuracy() > 0.9);
    // Rounding to 8 bits moves logits by little, p-bits by more.
    double rounded = cost(converted, "quantise-weights").largestLogitDifference();
    double replaced = cost(converted, "replace-activations").largestLogitDifference();
    assertTrue(rounded > 0 && rounded < replaced, rounded + " and " + replaced);
  }

  private static long count(Network network, String neuron) {
    return network.layers().stream().filter(new Neurons(Neuron.parse(neuron))::equals).count();
  }

  /// In a network that was trained without noise a p-bit before its pool is biased: the pool of
  /// bits is their OR, whatever the number of samples.
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sigmoid"})
  void pBitsStandBehindThePoolsUnlessTheirPassIsLeftOut(String neuron) throws Exception {
    Network network = TrainedDigits.widePool(neuron);
    Conversion all =
        Conversion.on(TrainedDigits.calibration(16, "8"))
            .withTolerance(1)
            .without(Set.of("match-statistics", "calibrate-temperatures"));
    Converted after = all.convert(network);
    for (int i = 1; i < after.network().layers().size(); i++) {
      assertFalse(
          after.network().layers().get(i) instanceof MaxPool
              && after.network().layers().get(i - 1) instanceof Neurons);
    }
    Converted before =
        all.without(Set.of("match-statistics", "calibrate-temperatures", "move-after-pools"))
            .convert(network);
    double gained =
        cost(after, "replace-activations").accuracy()
            - cost(before, "replace-activations").accuracy();
    assertTrue(gained > 0.4, "after the pools gains " + gained);
    assertEquals(0, cost(after, "move-after-pools").largestLogitDifference(), 1e-9);
  }

  @Test
  void calibrationWinsBackWhatNoiseLoses() throws Exception {
    Converted converted =
        Conversion.on(TrainedDigits.calibration(16, "8")).withTolerance(1).convert(cnn);
    double replaced = cost(converted, "replace-activations").negativeLogLikelihood();
    double matched = cost(converted, "match-statistics").negativeLogLikelihood();
    double calibrated = cost(converted, "calibrate-temperatures").negativeLogLikelihood();
    assertTrue(calibrated < matched && matched < replaced);
  }

  @Test
  void aPassThatLosesTooMuchEndsTheConversionAndIsNamed() {
    Conversion strict =
        Conversion.on(TrainedDigits.calibration(1, "8"))
            .withTolerance(0.01)
            .without(Set.of("move-after-pools", "match-statistics", "calibrate-temperatures"));
    var e = assertThrows(ConversionException.class, () -> strict.convert(cnn));
    String message = String.valueOf(e.getMessage());
    assertTrue(
        message.startsWith("step 'replace-activations' loses more than the 1 point"), message);
    assertEquals("replace-activations", e.steps().getLast().name());
  }

  private record TwoEpochs() implements FineTune {
    @Override
    public int samples() {
      return 2;
    }

    @Override
    public String description() {
      return "2 epochs";
    }

    @Override
    public Network train(Network network) throws IOException {
      return new Trainer(new Hyperparameters(2, 2, 32, 1e-3, false, Outputs.LOGITS, 1))
          .train(network, TrainedDigits.IMAGES);
    }
  }

  @Test
  void fineTuningIsJudgedByWhatItReaches() throws Exception {
    Conversion conversion =
        Conversion.on(TrainedDigits.calibration(8, "8"))
            .withTolerance(0.05)
            .withFineTune(new TwoEpochs());
    Converted converted = conversion.convert(cnn);
    assertEquals("fine-tune", converted.steps().getLast().name());
    assertEquals("2 epochs", converted.steps().getLast().effect());
    assertTrue(
        cost(converted, "fine-tune").negativeLogLikelihood()
            < cost(converted, "match-statistics").negativeLogLikelihood());
  }

  @Test
  void withoutDataNothingIsMeasured() throws Exception {
    Converted converted = Conversion.UNMEASURED.convert(tanh);
    assertEquals(2, count(converted.network(), "pbit:tanh"));
    assertTrue(converted.steps().stream().allMatch(result -> result.cost().isEmpty()));
  }

  @Test
  void anUnknownPassCannotBeLeftOut() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Conversion.UNMEASURED.without(Set.of("fold-batchnorm")));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("there is no step 'fold-batchnorm'"),
        e.getMessage());
  }
}
