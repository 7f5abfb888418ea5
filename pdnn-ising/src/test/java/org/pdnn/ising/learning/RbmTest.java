package org.pdnn.ising.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.ising.certificate.Boltzmann;
import org.pdnn.ising.certificate.Certificate;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// A restricted machine, the Ising model that it is, and chains that sample it.
class RbmTest {
  private static final Rbm SMALL = Machines.random(6, 0, 5, 0.8, 3);

  private static Spins spins(float[] visible, float[] hidden) {
    return Spins.of(
        visible.length + hidden.length,
        k -> (k < visible.length ? visible[k] : hidden[k - visible.length]) == 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "4, 5", "17, 16", "64, 65", "131, 100"})
  void inputsOfASideAreThoseOfTheDefinition(int visible, int hidden) {
    Rbm rbm = Machines.random(visible, 0, hidden, 1, visible);
    Weights weights = new Weights(rbm);
    assertEquals(rbm, weights.rbm());
    RandomWords words = new Philox(5);
    for (int trial = 0; trial < 20; trial++) {
      float[] v = drawn(words, trial, 0, visible);
      float[] h = drawn(words, trial, 1, hidden);
      float[] ofHidden = new float[hidden];
      float[] ofVisible = new float[visible];
      weights.hidden(ones(v), ofHidden);
      weights.visible(ones(h), ofVisible);
      for (int j = 0; j < hidden; j++) {
        assertEquals(Rbm.probability(rbm.hiddenInput(j, v)), ofHidden[j]);
      }
      for (int i = 0; i < visible; i++) {
        assertEquals(Rbm.probability(rbm.visibleInput(i, h)), ofVisible[i]);
      }
    }
    float[] means = new float[visible];
    for (int i = 0; i < visible; i++) {
      means[i] = i % 3 * 0.4f;
    }
    float[] inputs = new float[hidden];
    weights.hiddenInputs(means, inputs);
    for (int j = 0; j < hidden; j++) {
      assertEquals(rbm.hiddenInput(j, means), inputs[j]);
    }
  }

  @Test
  void probabilitiesByVectorsAreThoseOfTheDefinition() {
    float[] inputs = new float[4003];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (i - 2000) * (i % 2 == 0 ? 0.013f : 1.7f);
    }
    float[] probabilities = inputs.clone();
    SigmoidLanes.apply(probabilities);
    for (int i = 0; i < inputs.length; i++) {
      assertEquals(Rbm.probability(inputs[i]), probabilities[i], "input " + inputs[i]);
    }
  }

  private static float[] drawn(RandomWords words, int trial, int side, int count) {
    float[] bits = new float[count];
    for (int i = 0; i < count; i++) {
      bits[i] = words.word(trial, side, i, 0) >>> 31;
    }
    return bits;
  }

  private static Ones ones(float[] bits) {
    Ones ones = new Ones(bits.length);
    ones.draw(bits, new int[bits.length]);
    assertArrayEquals(bits, ones.toArray());
    return ones;
  }

  @Test
  void theIsingModelHasTheEnergyOfTheMachine() {
    IsingModel model = SMALL.form().model();
    for (int state = 0; state < 1 << 11; state++) {
      float[] v = Machines.bits(state, 6);
      float[] h = Machines.bits(state >>> 6, 5);
      assertEquals(SMALL.energy(v, h), model.energy(spins(v, h)) + SMALL.form().offset(), 1e-6);
    }
  }

  @Test
  void theFreeEnergyAndZAreSumsOverStates() {
    double z = 0;
    for (int visible = 0; visible < 1 << 6; visible++) {
      double sum = 0;
      for (int hidden = 0; hidden < 1 << 5; hidden++) {
        sum += Math.exp(-SMALL.energy(Machines.bits(visible, 6), Machines.bits(hidden, 5)));
      }
      assertEquals(-Math.log(sum), SMALL.freeEnergy(Machines.bits(visible, 6)), 1e-6);
      z += sum;
    }
    assertEquals(Math.log(z), Exact.logPartition(SMALL), 1e-6);
    assertEquals(Math.log(z), Exact.of(SMALL).logPartition(), 1e-6);
  }

  @Test
  void theModelHasTheProbabilitiesOfTheMachine() {
    Boltzmann exact = Boltzmann.of(SMALL.form().model(), 1);
    double logZ = Exact.logPartition(SMALL);
    for (int state = 0; state < 1 << 11; state++) {
      float[] v = Machines.bits(state, 6);
      float[] h = Machines.bits(state >>> 6, 5);
      assertEquals(Math.exp(-SMALL.energy(v, h) - logZ), exact.probability(spins(v, h)), 1e-7);
    }
  }

  /// 4,000 chains against all 64 states: fails for one seed in 30,000 (an excess of 4 errors).
  @Test
  void chainsHaveTheDistributionOfTheVisibleBits() {
    assertTrue(excess(new Philox(1)) < 4);
  }

  /// Coins of 0.51 are a machine with other biases.
  @Test
  void biasedCoinsAreFoundOut() {
    RandomWords fair = new Philox(1);
    RandomWords biased =
        (input, layer, unit, sample) ->
            (int) (Integer.toUnsignedLong(fair.word(input, layer, unit, sample)) * 0.96);
    double excess = excess(biased);
    assertTrue(excess > 4, "excess " + excess);
  }

  /// Standard errors by which chi-squared of chains exceeds that of independent samples.
  private static double excess(RandomWords words) {
    int chains = 4000;
    Gibbs.States states =
        new Gibbs(SMALL, words).run(Collections.nCopies(chains, Clamp.none(SMALL)), 30, 1);
    int[] counts = new int[1 << 6];
    for (float[] bits : states.bits()) {
      int state = 0;
      for (int i = 0; i < 6; i++) {
        state |= (int) bits[i] << i;
      }
      counts[state]++;
    }
    double logZ = Exact.logPartition(SMALL);
    double squares = 0;
    for (int state = 0; state < counts.length; state++) {
      double expected = chains * Math.exp(-SMALL.freeEnergy(Machines.bits(state, 6)) - logZ);
      squares += (counts[state] - expected) * (counts[state] - expected) / expected;
    }
    // Chi-squared of 63 degrees of freedom.
    return (squares - 63) / Math.sqrt(2 * 63);
  }

  @Test
  void itsSamplesAsAnIsingModelHaveACertificate() {
    IsingModel model = SMALL.form().model();
    Certificate certificate =
        Certificate.of(
            model,
            new Annealing(model, UpdateOrder.coloured(model), new Philox(2))
                .sample(1, 100, 4096, 1, sweep -> {}));
    assertEquals(2, UpdateOrder.coloured(model).blocks());
    assertTrue(certificate.believed(), certificate::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void chainsDependOnNoThreads(int threads) {
    Rbm rbm = Machines.random(20, 3, 17, 0.5, 1);
    List<Clamp> clamps = List.of(Clamp.none(rbm), Clamp.label(rbm, 2), Clamp.label(rbm, 0));
    Gibbs gibbs = new Gibbs(rbm, new Philox(1));
    assertArrayEquals(gibbs.run(clamps, 10, 1).means(), gibbs.run(clamps, 10, threads).means());
    assertArrayEquals(
        gibbs.run(clamps, 10, 1).bits()[0], gibbs.run(clamps.subList(0, 1), 10, threads).bits()[0]);
  }

  @Test
  void clampedBitsStay() {
    Rbm rbm = Machines.random(20, 3, 17, 0.5, 1);
    float[] image = Machines.bits(0b1011_0010_1101, 20);
    Gibbs.States states =
        new Gibbs(rbm, new Philox(1))
            .run(List.of(Clamp.pixels(rbm, image, i -> i < 10), Clamp.label(rbm, 1)), 25, 1);
    assertArrayEquals(Arrays.copyOf(image, 10), Arrays.copyOf(states.bits()[0], 10));
    assertArrayEquals(new float[] {0, 1, 0}, Arrays.copyOfRange(states.bits()[1], 20, 23));
    assertThrows(IllegalArgumentException.class, () -> Clamp.label(rbm, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Gibbs(rbm, new Philox(1)).run(List.of(Clamp.none(SMALL)), 1, 1));
  }

  @Test
  void notationIsReadAndWritten() {
    for (String notation : List.of("rbm:784-500", "rbm:784+10-500", "rbm:1-1")) {
      assertEquals(notation, Rbm.parse(notation).toString());
    }
    for (String notation :
        List.of("", "784-500", "rbm:784", "rbm:0-5", "rbm:784-0", "rbm:a-b", "rbm:-1-5")) {
      assertThrows(IllegalArgumentException.class, () -> Rbm.parse(notation), notation);
    }
    assertThrows(IllegalArgumentException.class, () -> Rbm.parse("rbm:999999999-999999999"));
  }
}
