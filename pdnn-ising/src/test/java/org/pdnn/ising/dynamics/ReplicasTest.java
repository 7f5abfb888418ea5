package org.pdnn.ising.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.ising.IsingModel;
import org.pdnn.random.Lfsr;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Replicas side by side have the states of the definition, spin for spin.
class ReplicasTest {
  private static final double[] BETAS = {0, 0.3, 0.9, 4};
  private static final int[] ROWS = new int[Replicas.COUNT];

  static {
    Arrays.setAll(ROWS, replica -> replica % BETAS.length);
  }

  static Stream<org.junit.jupiter.api.Named<IsingModel>> models() {
    return Models.all();
  }

  private static void assertSame(Replicas expected, Replicas actual) {
    for (int sweep = 0; sweep < 12; sweep++) {
      expected.sweep(BETAS, ROWS, sweep);
      actual.sweep(BETAS, ROWS, sweep);
      assertArrayEquals(expected.state, actual.state, "sweep " + sweep);
    }
    double[] energies = new double[Replicas.COUNT];
    double[] theirs = new double[Replicas.COUNT];
    expected.energies(energies);
    actual.energies(theirs);
    assertArrayEquals(energies, theirs);
  }

  @ParameterizedTest
  @MethodSource("models")
  void realNumbersHaveTheStatesOfTheDefinition(IsingModel model) {
    RandomWords words = new Philox(7);
    UpdateOrder order = UpdateOrder.coloured(model);
    assertSame(
        new ReferenceReplicas(model, order, words, 128),
        new RealReplicas(model, order, words, 128));
  }

  @ParameterizedTest
  @MethodSource("models")
  void bytesHaveTheStatesOfTheDefinition(IsingModel model) {
    RandomWords words = new Philox(7);
    UpdateOrder order = UpdateOrder.sequential(model);
    Steps.of(model)
        .ifPresent(steps ->
            assertSame(
                new ReferenceReplicas(model, order, words, 64),
                new ByteReplicas(model, order, steps, words, 64)));
  }

  @Test
  void otherGeneratorsAreAskedWordByWord() {
    IsingModel model = Models.random(9, 20, 2, 1, 5);
    RandomWords words = new Lfsr(3);
    UpdateOrder order = UpdateOrder.coloured(model);
    assertSame(
        new ReferenceReplicas(model, order, words, 0),
        new ByteReplicas(model, order, Steps.of(model).orElseThrow(), words, 0));
  }

  @Test
  void smallWholeNumbersGoByBytes() {
    RandomWords words = new Philox(1);
    IsingModel small = Models.random(20, 40, 3, 0.25, 2);
    assertInstanceOf(
        ByteReplicas.class,
        Replicas.of(Kernel.VECTOR, small, UpdateOrder.sequential(small), words, 0));
    IsingModel real = Models.random(20, 40, 1, 1e-9, 2);
    assertInstanceOf(
        RealReplicas.class,
        Replicas.of(Kernel.VECTOR, real, UpdateOrder.sequential(real), words, 0));
    assertEquals(
        Optional.of(new Steps(0.25, 3)),
        Steps.of(IsingModel.of(2).couple(0, 1, 0.5).field(1, -0.25).build()));
  }

  /// Each update is followed by its own vector, so words of the last positions exist too.
  @Test
  void aSpinAloneFollowsItsField() {
    IsingModel model = IsingModel.of(1).field(0, 1).build();
    Replicas replicas =
        Replicas.of(Kernel.VECTOR, model, UpdateOrder.sequential(model), new Philox(1), 0);
    int up = 0;
    for (int sweep = 0; sweep < 1000; sweep++) {
      replicas.sweep(new double[] {0.5}, new int[Replicas.COUNT], sweep);
      up += Long.bitCount(replicas.state[0]);
    }
    // (1 + tanh(0.5)) / 2, of 64,000 draws: fails for one seed in 15,000 (|z| < 4).
    double expected = (1 + Math.tanh(0.5)) / 2;
    double error = Math.sqrt(expected * (1 - expected) / 64_000);
    assertTrue(Math.abs(up / 64_000.0 - expected) < 4 * error, "share " + up / 64_000.0);
  }

  @Test
  void certainSpinsAreCertain() {
    assertEquals(Integer.MAX_VALUE, HeatBath.bound(1000));
    assertEquals(-1, HeatBath.bound(-1000));
    assertEquals((1 << 30) - 1, HeatBath.bound(0));
    assertTrue(HeatBath.up(-1, Integer.MAX_VALUE));
    assertTrue(!HeatBath.up(0, -1));
  }
}
