package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;

class DigitsTest {
  @Test
  void imagesAreGrey28x28AndShowEveryDigitEquallyOften() {
    DataSet digits = Digits.generate(1, 50, 20);
    assertEquals(Shape.of(1, 28, 28), digits.training().shape());
    assertEquals(10, digits.training().classes());
    assertEquals(50, digits.training().count());
    assertEquals(20, digits.test().count());
    for (int i = 0; i < 50; i++) {
      assertEquals(i % 10, digits.training().label(i));
    }
  }

  /// The bytes are part of the contract: results name their data by hash. A change of the drawing
  /// changes this line, and makes results before and after incomparable.
  @Test
  void theBytesAreTheSameOnEveryMachine() {
    assertEquals(
        "27fc6859242f63d755ec9c94eb56f0e6a4e4078dc8d655bda9b0728671028805",
        Digits.generate(1, 1000, 1).training().sha256());
  }

  @Test
  void oneThreadDrawsTheSameAsMany() throws Exception {
    try (ForkJoinPool one = new ForkJoinPool(1);
        ForkJoinPool many = new ForkJoinPool(4)) {
      assertEquals(
          one.submit(() -> Digits.generate(3, 500, 1).training().sha256()).get(),
          many.submit(() -> Digits.generate(3, 500, 1).training().sha256()).get());
    }
  }

  @Test
  void aLargerSetBeginsWithTheSmallerOne() {
    Images large = Digits.generate(5, 300, 1).training();
    Images small = Digits.generate(5, 100, 1).training();
    assertEquals(small.sha256(), large.first(100).sha256());
  }

  @Test
  void seedsAndPartsAreUnrelated() {
    Set<String> hashes = new HashSet<>();
    for (long seed = 0; seed < 8; seed++) {
      DataSet digits = Digits.generate(seed, 30, 30);
      for (int i = 0; i < 30; i++) {
        hashes.add(digits.training().slice(i, i + 1).sha256());
        hashes.add(digits.test().slice(i, i + 1).sha256());
      }
    }
    assertEquals(8 * 60, hashes.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyDigitIsWrittenInAtLeastTwoWaysAndLeavesInkOnMostlyEmptyPaper(int digit) {
    assertTrue(Strokes.of(digit).size() >= 2);
    Philox words = new Philox(digit);
    for (int image = 0; image < 200; image++) {
      byte[] pixels = Drawing.pixels(words, image, digit);
      long ink = IntStream.range(0, 784).filter(i -> (pixels[i] & 0xFF) > 127).count();
      assertTrue(ink > 8 && ink < 300, "image " + image + " has " + ink + " dark pixels");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 5"})
  void aPartWithoutImagesIsRefused(int training, int test) {
    var e = assertThrows(IllegalArgumentException.class, () -> Digits.generate(1, training, test));
    assertEquals(
        "training and test must be at least 1 image each, got %d and %d".formatted(training, test),
        e.getMessage());
  }
}
