package org.pdnn.ising;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.ising.instance.Instances;

/// The energy of a problem's model says what its own terms say.
class ProblemTest {
  private static Spins state(int size, int bits) {
    return Spins.of(size, spin -> (bits >>> spin & 1) != 0);
  }

  @Test
  void anEnergyIsTheSumOverPairsAndFields() {
    IsingModel model =
        IsingModel.of(3).couple(0, 1, 2).couple(2, 1, -1).couple(1, 0, 0.5).field(2, 3).build();
    assertEquals(2, model.couplings());
    // -(2.5 * 1 * -1) - (-1 * -1 * -1) - (3 * -1)
    assertEquals(2.5 + 1 + 3, model.energy(Spins.parse("+--")));
    assertEquals(2.5 * 1 + -1 * -1, model.input(1, Spins.parse("+--")::up));
    assertEquals(3.5, model.mostInput(1));
  }

  @Test
  void aCutIsHalfOfWeightsLessEnergy() {
    IsingModel model =
        IsingModel.of(4).couple(0, 1, -1).couple(1, 2, -3).couple(2, 3, 2).couple(0, 3, -1).build();
    MaxCut cut = new MaxCut(model);
    for (int bits = 0; bits < 16; bits++) {
      Spins spins = state(4, bits);
      assertEquals((1 + 3 - 2 + 1 - model.energy(spins)) / 2, cut.value(spins));
    }
    assertEquals("1010", cut.solution(Spins.parse("+-+-")));
  }

  @Test
  void aFormHasTheValueOfItsModel() {
    QuadraticForm form =
        new QuadraticForm(3).add(0.5).add(0, 2).add(1, -1).add(0, 2, 3).add(1, 1, 4);
    Qubo qubo = Qubo.of(form);
    for (int bits = 0; bits < 8; bits++) {
      int a = bits & 1;
      int b = bits >> 1 & 1;
      int c = bits >> 2 & 1;
      assertEquals(0.5 + 2 * a - b + 3 * a * c + 4 * b, qubo.value(state(3, bits)));
    }
  }

  static Stream<List<int[]>> formulas() {
    return Stream.of(
        List.of(new int[] {1}, new int[] {-2}),
        List.of(new int[] {1, -2}, new int[] {-1, -3}, new int[] {2, 2}),
        List.of(new int[] {1, 2, 3}, new int[] {-1, 2, -3}, new int[] {-1, -2, -3}),
        List.of(new int[] {1, -2, 3, -4}, new int[] {1, -1, 2}),
        List.of(new int[] {1, -2, 3, -4, 2, 4}, new int[] {-1, -2, -3, -4, -1}));
  }

  /// Of all states of the further spins the least energy is 0 where the formula holds, and at least
  /// 1 where it does not.
  @ParameterizedTest
  @MethodSource("formulas")
  void energyCountsClausesThatFail(List<int[]> clauses) {
    Formula formula = new Formula(4, clauses);
    IsingModel model = formula.model();
    double offset = offset(formula);
    for (int bits = 0; bits < 16; bits++) {
      double least = Double.POSITIVE_INFINITY;
      for (int further = 0; further < 1 << (model.size() - 4); further++) {
        least = Math.min(least, model.energy(state(model.size(), bits | further << 4)) + offset);
      }
      double unsatisfied = formula.value(state(model.size(), bits));
      assertEquals(unsatisfied, least, "assignment " + bits);
    }
  }

  /// Where all states of least energy satisfy the formula, that energy is 0.
  private static double offset(Formula formula) {
    IsingModel model = formula.model();
    return -IntStream.range(0, 1 << model.size())
        .mapToObj(bits -> state(model.size(), bits))
        .filter(spins -> formula.value(spins) == 0)
        .mapToDouble(model::energy)
        .min()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"15, 3 x 5 = 15", "9, 3 x 3 = 9", "6, 2 x 3 = 6"})
  void factorsAreStatesOfNoPenalty(int product, String factors) {
    Problem problem = Instances.of("factor:" + product, 1);
    IsingModel model = problem.model();
    List<String> found =
        IntStream.range(0, 1 << model.size())
            .mapToObj(bits -> state(model.size(), bits))
            .filter(spins -> problem.value(spins) == 0)
            .map(problem::solution)
            .distinct()
            .toList();
    assertTrue(found.contains(factors), found::toString);
    assertTrue(found.stream().noneMatch(each -> each.contains("wrong")), found::toString);
  }

  @Test
  void gatesVanishWhereTheyCompute() {
    Problem and = Instances.of("and", 1);
    Problem adder = Instances.of("adder", 1);
    for (int bits = 0; bits < 32; bits++) {
      int sum = (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1);
      boolean right = sum == (bits >> 3 & 1) + 2 * (bits >> 4 & 1);
      assertEquals(right, adder.value(state(5, bits)) == 0);
      if (bits < 8) {
        boolean both = (bits & 3) == 3;
        assertEquals(both == (bits >> 2 == 1), and.value(state(3, bits)) == 0);
      }
    }
  }

  @Test
  void whatIsNoModelIsRefused() {
    IsingModel.Builder model = IsingModel.of(3);
    assertRefused("spin 1 is coupled with itself", () -> model.couple(1, 1, 1));
    assertRefused("a coupling must be finite, got NaN", () -> model.couple(0, 1, Double.NaN));
    assertRefused("spin must be 0 to 2, got 3", () -> model.field(3, 1));
    assertRefused("spins must be 1 to 16777216, got 0", () -> IsingModel.of(0));
    assertRefused(
        "the sum of a spin's couplings must be finite, got Infinity",
        () -> IsingModel.of(2).field(0, 1e308).couple(0, 1, 1e308).field(0, 1e308).build());
    assertRefused(
        "a state of 2 spins is no state of a model of 3",
        () -> model.build().energy(Spins.parse("+-")));
    assertRefused("a state has + and -, got 'x' at spin 1", () -> Spins.parse("+x"));
    assertRefused(
        "a clause's literals must be at least 1, got 0", () -> new Formula(1, List.of(new int[0])));
    assertRefused("'torus' names no problem; known are triangle", () -> Instances.of("torus", 1));
    assertRefused("'loops:4x4' names no problem", () -> Instances.of("loops:4x4", 1));
  }

  private static void assertRefused(String message, Runnable work) {
    String said =
        String.valueOf(assertThrows(IllegalArgumentException.class, work::run).getMessage());
    assertTrue(said.startsWith(message), said);
  }
}
