package org.pdnn.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {
  private record Choice(int cost, int worth) {}

  private static List<Choice> front(List<Choice> choices) {
    return ParetoFront.of(
        choices, Comparator.comparingInt(Choice::cost), Comparator.comparingInt(Choice::worth));
  }

  private static Choice choice(int cost, int worth) {
    return new Choice(cost, worth);
  }

  @Test
  void dearerMustBeBetter() {
    assertEquals(
        List.of(choice(1, 50), choice(3, 80), choice(4, 90)),
        front(List.of(choice(4, 90), choice(2, 50), choice(3, 80), choice(5, 85), choice(1, 50))));
  }

  @Test
  void equalsStayTogether() {
    assertEquals(
        List.of(choice(1, 50), choice(1, 50), choice(2, 60)),
        front(List.of(choice(2, 60), choice(1, 50), choice(1, 40), choice(1, 50))));
  }

  @Test
  void ofAsCheapTheBetterAndOfAsGoodTheCheaper() {
    assertEquals(List.of(choice(1, 60)), front(List.of(choice(1, 50), choice(1, 60))));
    assertEquals(List.of(choice(1, 50)), front(List.of(choice(2, 50), choice(1, 50))));
  }

  @Test
  void oneAndNone() {
    assertEquals(List.of(choice(7, 7)), front(List.of(choice(7, 7))));
    assertEquals(List.of(), front(List.of()));
  }

  private static boolean dominates(Choice a, Choice b) {
    return a.cost <= b.cost && a.worth >= b.worth && !a.equals(b);
  }

  /// Of few values, so that ties are many.
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 40, 1000})
  void theFrontIsWhatNothingDominates(int values) {
    SplittableRandom random = new SplittableRandom(values);
    for (int round = 0; round < 50; round++) {
      List<Choice> choices = new ArrayList<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        choices.add(choice(random.nextInt(values), random.nextInt(values)));
      }
      List<Choice> undominated =
          choices.stream()
              .filter(one -> choices.stream().noneMatch(other -> dominates(other, one)))
              .sorted(Comparator.comparingInt(Choice::cost))
              .toList();
      assertEquals(undominated, front(choices));
    }
  }
}
