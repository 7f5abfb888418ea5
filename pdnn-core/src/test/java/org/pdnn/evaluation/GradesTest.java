package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradesTest {
  private static Grades random(int inputs, int seeds, double accuracy) {
    Random random = new Random(inputs);
    List<BitSet> bySeed = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      BitSet right = new BitSet();
      for (int input = 0; input < inputs; input++) {
        right.set(input, random.nextDouble() < accuracy);
      }
      bySeed.add(right);
    }
    return new Grades(new Correctness(inputs, bySeed), 0.125);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 1000, 10_001})
  void whatIsWrittenIsRead(int inputs) {
    Grades grades = random(inputs, 3, 0.9);
    assertEquals(grades, Grades.fromJson(grades.toJson()));
  }

  /// 10,000 images of which 97 % are right carry at least 243 bytes of information.
  @Test
  void theyAreShort() {
    int length = random(10_000, 1, 0.97).toJson().path("right").textValue().length();
    assertTrue(length < 800, String.valueOf(length));
  }

  @ParameterizedTest
  @CsvSource({
    "inputs, 0",
    "inputs, 2000000000",
    "inputs, 90",
    "seeds, 0",
    "seeds, 2",
    "seeds, 10001",
    "mostFrequent, 0",
    "mostFrequent, 2"
  })
  void countsThatLieAreRefused(String key, double value) {
    ObjectNode json = random(1000, 1, 0.9).toJson();
    if (key.equals("mostFrequent")) {
      json.put(key, value);
    } else {
      json.put(key, (int) value);
    }
    assertThrows(IllegalArgumentException.class, () -> Grades.fromJson(json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "AAAA", "eJw="})
  void damagedBitsAreRefused(String right) {
    ObjectNode json = random(1000, 1, 0.9).toJson().put("right", right);
    assertThrows(IllegalArgumentException.class, () -> Grades.fromJson(json));
  }
}
