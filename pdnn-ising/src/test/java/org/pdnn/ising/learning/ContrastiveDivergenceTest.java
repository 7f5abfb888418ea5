package org.pdnn.ising.learning;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;

/// What machines learn, against what is exact.
class ContrastiveDivergenceTest {
  private static final float[][] PICTURES = Machines.barsAndStripes(3);

  /// The derivative of the log-likelihood by each weight is <v h> of the states less <v h> of the
  /// machine.
  @Test
  void theGradientIsThatOfTheLogLikelihood() {
    Rbm rbm = Machines.random(9, 0, 4, 0.5, 1);
    float[] gradient = gradient(rbm);
    for (int k = 0; k < gradient.length; k++) {
      float step = 1f / 128;
      double difference =
          Exact.logLikelihood(moved(rbm, k, step), PICTURES)
              - Exact.logLikelihood(moved(rbm, k, -step), PICTURES);
      assertEquals(difference / (2 * step), gradient[k], 2e-4, "weight " + k);
    }
  }

  /// By weight, exactly.
  private static float[] gradient(Rbm rbm) {
    Exact exact = Exact.of(rbm);
    float[] gradient = new float[rbm.weight().size()];
    for (int k = 0; k < gradient.length; k++) {
      double positive = 0;
      for (float[] picture : PICTURES) {
        positive +=
            picture[k % rbm.visible()]
                * Rbm.probability(rbm.hiddenInput(k / rbm.visible(), picture))
                / PICTURES.length;
      }
      gradient[k] = (float) (positive - exact.products()[k]);
    }
    return gradient;
  }

  private static Rbm moved(Rbm rbm, int weight, float by) {
    float[] weights = rbm.weight().toArray();
    weights[weight] += by;
    return new Rbm(
        new Tensor(rbm.weight().shape(), weights), rbm.hiddenBias(), rbm.visibleBias(), 0);
  }

  /// An update of long chains moves each weight along the exact gradient: of 14,000 chains the
  /// standard error is at most 0.5 / sqrt(14,000) = 0.0042. Fails for one seed in 400 (36 weights,
  /// 13 biases, |z| < 4).
  @Test
  void anUpdateFollowsTheGradient() {
    Rbm rbm = Machines.random(9, 0, 4, 0.5, 1);
    float[][] many = new float[14_000][];
    Arrays.setAll(many, i -> PICTURES[i % PICTURES.length]);
    Rbm after =
        ContrastiveDivergence.learn(
            rbm,
            new Hyperparameters(50, false, 1, many.length, 1, 0, 7),
            Examples.of(many),
            1,
            epoch -> {});
    float[] gradient = gradient(rbm);
    for (int k = 0; k < gradient.length; k++) {
      assertEquals(gradient[k], after.weight().get(k) - rbm.weight().get(k), 4 * 0.0042);
    }
    Exact exact = Exact.of(rbm);
    for (int i = 0; i < 9; i++) {
      int unit = i;
      double mean = Arrays.stream(PICTURES).mapToDouble(each -> each[unit]).average().orElseThrow();
      assertEquals(
          mean - exact.visible()[i],
          after.visibleBias().get(i) - rbm.visibleBias().get(i),
          4 * 0.0042);
    }
    for (int j = 0; j < 4; j++) {
      int unit = j;
      double mean =
          Arrays.stream(PICTURES)
              .mapToDouble(each -> Rbm.probability(rbm.hiddenInput(unit, each)))
              .average()
              .orElseThrow();
      assertEquals(
          mean - exact.hidden()[j],
          after.hiddenBias().get(j) - rbm.hiddenBias().get(j),
          4 * 0.0042);
    }
  }

  /// 14 pictures, all equally likely: no machine gives them more than -log 14 = -2.64 each. Pixels
  /// by fair coins have -6.24.
  @ParameterizedTest
  @CsvSource({"true, 2, -2.85", "false, 5, -2.85"})
  void barsAndStripesAreLearnt(boolean persistent, int steps, double least) {
    float[][] repeated = new float[10 * PICTURES.length][];
    Arrays.setAll(repeated, i -> PICTURES[i % PICTURES.length]);
    Examples examples = Examples.of(repeated);
    Rbm start = ContrastiveDivergence.initial(Rbm.of(9, 0, 10), examples, 1);
    assertTrue(Exact.logLikelihood(start, PICTURES) < -6);
    Rbm learnt =
        ContrastiveDivergence.learn(
            start,
            new Hyperparameters(steps, persistent, 3000, 140, 0.3, 0, 1),
            examples,
            1,
            epoch -> {});
    double likelihood = Exact.logLikelihood(learnt, PICTURES);
    assertTrue(
        least < likelihood && likelihood < -Math.log(PICTURES.length), "likelihood " + likelihood);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void weightsDependOnNoThreads(int threads) {
    List<Rbm> epochs = new ArrayList<>();
    for (int count : new int[] {1, threads}) {
      Rbm rbm = Machines.random(33, 0, 19, 0.1, 1);
      Examples examples =
          Examples.of(Machines.bits(77, 33), Machines.bits(12345, 33), new float[33]);
      ContrastiveDivergence.learn(
          rbm,
          new Hyperparameters(2, true, 5, 2, 0.1, 0.001, 3),
          examples,
          count,
          epoch -> epochs.add(epoch.rbm()));
    }
    assertEquals(epochs.subList(0, 5), epochs.subList(5, 10));
  }

  /// From the file of each epoch, chains and all.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void learningGoesOnFromAFileToTheSameWeights(boolean persistent, @TempDir Path folder)
      throws IOException {
    Examples examples = Examples.of(PICTURES);
    Hyperparameters choices = new Hyperparameters(2, persistent, 4, 5, 0.3, 0.001, 7);
    Rbm start = ContrastiveDivergence.initial(Rbm.of(9, 0, 6), examples, 7);
    List<Path> files = new ArrayList<>();
    Rbm whole =
        ContrastiveDivergence.learn(
            start,
            choices,
            examples,
            1,
            epoch -> {
              Path file = folder.resolve("%s.safetensors".formatted(epoch.number()));
              files.add(file);
              assertDoesNotThrow(() -> new Checkpoint(epoch, Map.of("run", "this")).write(file));
            });
    assertEquals(4, files.size());
    for (Path file : files) {
      Checkpoint kept = Checkpoint.read(file);
      assertEquals(Map.of("run", "this"), kept.notes());
      assertEquals(
          whole,
          ContrastiveDivergence.resume(kept.epoch(), choices, examples, 2, epoch -> {}),
          file.toString());
    }
    ContrastiveDivergence.Epoch last = Checkpoint.read(files.getLast()).epoch();
    Hyperparameters other = new Hyperparameters(2, !persistent, 4, 5, 0.3, 0.001, 7);
    Hyperparameters fewer = new Hyperparameters(2, persistent, 3, 5, 0.3, 0.001, 7);
    for (Hyperparameters unfit : List.of(other, fewer)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ContrastiveDivergence.resume(last, unfit, examples, 1, epoch -> {}));
    }
    Path none = folder.resolve("machine.safetensors");
    new RbmFile(whole, Map.of()).write(none);
    assertThrows(IOException.class, () -> Checkpoint.read(none));
  }

  /// By the energies of all pairs of states.
  @Test
  void thePseudoLikelihoodIsThatOfEachBitGivenTheOthers() {
    Rbm rbm = Machines.random(6, 2, 4, 0.9, 5);
    float[][] states = {Machines.bits(0, 8), Machines.bits(77, 8), Machines.bits(255, 8)};
    double expected = 0;
    for (float[] state : states) {
      for (int bit = 0; bit < 8; bit++) {
        float[] other = state.clone();
        other[bit] = 1 - other[bit];
        double odds = Math.exp(rbm.freeEnergy(state) - rbm.freeEnergy(other));
        expected -= Math.log(1 + odds) / states.length;
      }
    }
    assertEquals(expected, PseudoLikelihood.of(rbm, Examples.of(states), 2), 1e-5);
  }

  /// Of many examples some bits are looked at, of all alike: 30,000 of 120,000 here, whose mean has
  /// a standard error below 0.1.
  @Test
  void thePseudoLikelihoodOfManyExamplesIsThatOfAll() {
    Rbm rbm = Machines.random(40, 0, 3, 0.5, 6);
    float[][] means = new float[3000][40];
    for (float[] each : means) {
      Arrays.fill(each, 0.5f);
    }
    Examples bits = Examples.of(means).drawn(new Philox(9));
    double all = 0;
    float[] state = new float[40];
    for (int index = 0; index < bits.count(); index++) {
      bits.read(index, state);
      all += PseudoLikelihood.of(rbm, Examples.of(state.clone()), 1) / bits.count();
    }
    assertEquals(all, PseudoLikelihood.of(rbm, bits, 1), 0.4);
  }

  /// 5,000 states of a planted model: couplings have standard errors of about 1 / sqrt(5,000) =
  /// 0.014, more where spins are correlated.
  @Test
  void couplingsAndFieldsAreRecovered() {
    IsingModel.Builder planted = IsingModel.of(10);
    IsingModel.Builder empty = IsingModel.of(10);
    for (int k = 0; k < 20; k++) {
      int one = k % 10;
      int other = (one + 1 + k / 10 * 2) % 10;
      planted.couple(one, other, (k % 3 - 1) * 0.4 + 0.05);
      empty.couple(one, other, 0);
    }
    IsingModel model = planted.field(2, 0.3).field(7, -0.2).build();
    Samples states =
        new Annealing(model, UpdateOrder.coloured(model), new Philox(1))
            .sample(1, 100, 5000, 1, sweep -> {});
    IsingModel learnt =
        new GeneralLearning(50, 0.5, 10, 512, 5).learn(empty.build(), states.states(), 1);
    for (int spin = 0; spin < 10; spin++) {
      assertEquals(model.field(spin), learnt.field(spin), 0.08);
      for (int k = 0; k < model.degree(spin); k++) {
        assertEquals(model.coupling(spin, k), learnt.coupling(spin, k), 0.08);
      }
    }
  }

  @Test
  void nonsenseIsRefused() {
    Examples examples = Examples.of(PICTURES);
    Hyperparameters choices = new Hyperparameters(1, true, 1, 10, 0.1, 0, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> ContrastiveDivergence.learn(Rbm.of(8, 0, 3), choices, examples, 1, epoch -> {}));
    assertThrows(
        IllegalArgumentException.class, () -> new Hyperparameters(0, true, 1, 10, 0.1, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Hyperparameters(1, true, 1, 10, 11, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new GeneralLearning(1, Double.NaN, 1, 1, 1));
    IsingModel triples = IsingModel.of(3).couple(0, 1, 2, 1).build();
    String refused =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                        new GeneralLearning(1, 0.1, 1, 1, 1)
                            .learn(triples, List.of(Spins.of(3, k -> true)), 1))
                .getMessage());
    assertTrue(refused.startsWith("1 term couples three spins"), refused);
    DoubleSupplier tooMany = () -> Exact.logPartition(Rbm.of(3, 0, 21));
    assertThrows(IllegalArgumentException.class, tooMany::getAsDouble);
  }
}
