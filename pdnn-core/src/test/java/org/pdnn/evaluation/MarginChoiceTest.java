package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.evaluation.MarginChoice.Look;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;

class MarginChoiceTest {
  private static final int LONGEST = 16;
  private static final int CHOOSING = 1000;

  /// From a table of the binomial distribution: the greatest count of a probability of at most
  /// 0.05.
  @ParameterizedTest
  @CsvSource({
    "0.001, 4602, -1",
    "0.001, 4603, 0",
    "0.01, 1000, 2",
    "0.5, 20, 4",
    "0.5, 60000, 29714",
    "0.999, 3, 2"
  })
  void changesThatShowAShareToBeSmaller(double share, int inputs, int most) {
    assertEquals(most, MarginChoice.mostChanged(share, inputs));
  }

  @Test
  void tooFewInputsAreRefusedWithWhatWouldDo() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> MarginChoice.requireInputs(0.001, 2000));
    assertEquals(
        "at most 0.1 % of answers changed takes 4,603 calibration images, got 2,000; allow 0.23 %",
        e.getMessage());
  }

  /// At a margin the first look that is farther ahead decides.
  @Test
  void inputsStopAtTheFirstLookThatIsFarEnoughAhead() {
    List<List<Look>> inputs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // Three are wrong at T = 1 where they are ahead by 1, and right at T = 2.
      inputs.add(List.of(new Look(i < 3 ? 1 : 9, i < 3), new Look(5, false)));
    }
    MarginStop none = MarginChoice.of(0.06, inputs, 4);
    assertTrue(none.margin() >= 1 && none.margin() < Math.pow(2, 0.13), none.toString());
    assertTrue(MarginChoice.of(0.11, inputs, 4).margin() < 1e-5, "three of 100 are few enough");
    double[][] passes = {{2, 0, 1}, {4, 0, 1}};
    assertEquals(2 / Math.sqrt(1 / 2.0 - 1 / 4.0), MarginStop.ahead(passes, 4));
    assertTrue(new MarginStop(0.1, 3.9, 4).settled(passes));
    assertFalse(new MarginStop(0.1, 4, 4).settled(passes));
  }

  /// In 100 splits of the same inputs into those that choose and those that are measured, at most 5
  /// may break the promise; if the share that was seen is to be the stated one, more do.
  @Test
  void theAverageIsKeptOnHeldOutInputsInAtLeast95Of100Splits() {
    double share = 0.01;
    int broken = broken(share, inputs -> MarginChoice.of(share, inputs, LONGEST).margin());
    assertTrue(broken <= 5, broken + " of 100 splits broke " + share);
    int seen = (int) (share * CHOOSING);
    int careless = broken(share, inputs -> MarginChoice.margin(inputs, seen));
    assertTrue(careless > 5, careless + " of 100 splits broke " + share);
  }

  private static int broken(double share, ToDoubleFunction<List<List<Look>>> chosen) {
    List<List<Look>> inputs = new ArrayList<>(looks());
    Random random = new Random(1);
    int broken = 0;
    for (int split = 0; split < 100; split++) {
      Collections.shuffle(inputs, random);
      double margin = chosen.applyAsDouble(inputs.subList(0, CHOOSING));
      List<List<Look>> held = inputs.subList(CHOOSING, inputs.size());
      long changed = held.stream().filter(looks -> MarginChoice.changed(looks, margin)).count();
      broken += changed > share * held.size() ? 1 : 0;
    }
    return broken;
  }

  private static List<List<Look>> looks() {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 8, 12, 24, 3);
    Evaluation evaluation =
        new Evaluation(
            List.of(LONGEST),
            Scheme.SCRAMBLED,
            Averaging.END,
            LastHidden.BITS,
            Outputs.LOGITS,
            1,
            1);
    return new LongRuns(
            evaluation, network, Precision.REAL, new RandomInputs(4000, 8, 3), Philox::new, 2)
        .looks(done -> {});
  }
}
