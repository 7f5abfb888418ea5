package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;

class ImagesTest {
  private static final Shape PAIR = Shape.of(1, 1, 2);

  private static Images three() {
    byte[][] pixels = {{0, 51}, {(byte) 255, 102}, {(byte) 204, (byte) 153}};
    return Images.of("three", PAIR, 10, pixels, new int[] {7, 0, 9});
  }

  @Test
  void pixelsReadAsFractionsOf255AtTheOffset() {
    float[] target = {-1, -1, -1, -1};
    three().read(1, target, 1);
    assertArrayEquals(new float[] {-1, 1f, 0.4f, -1}, target);
  }

  @Test
  void everyByteReadsAsItselfOver255() {
    byte[][] all = {SmallSets.ramp(256)};
    float[] target = new float[256];
    Images.of("all", Shape.of(1, 16, 16), 1, all, new int[1]).read(0, target, 0);
    for (int value = 0; value < 256; value++) {
      assertEquals(value / 255f, target[value]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void readingBeyondTheTargetIsRefusedBeforeAnythingIsWritten(int offset) {
    float[] target = new float[4];
    assertThrows(IndexOutOfBoundsException.class, () -> three().read(0, target, offset));
    assertArrayEquals(new float[4], target);
  }

  @Test
  void theSetDoesNotChangeWithTheArraysItWasMadeFrom() {
    byte[][] pixels = {{1, 2}};
    int[] labels = {3};
    Images images = Images.of("one", PAIR, 10, pixels, labels);
    String before = images.sha256();
    pixels[0][0] = 9;
    labels[0] = 4;
    assertEquals(3, images.label(0));
    assertEquals(before, Images.of("one", PAIR, 10, new byte[][] {{1, 2}}, new int[] {3}).sha256());
  }

  @Test
  void aSliceIsTheImagesFromTheFirstToBeforeTheLast() {
    Images slice = three().slice(1, 3);
    assertEquals(2, slice.count());
    assertEquals(0, slice.label(0));
    assertEquals(9, slice.label(1));
    assertEquals(0, three().slice(3, 3).count());
    assertEquals(three().sha256(), three().slice(0, 3).sha256());
    assertThrows(IndexOutOfBoundsException.class, () -> three().slice(2, 4));
  }

  @Test
  void theHashIsOfTheContentAndNotOfTheName() {
    byte[][] pixels = {{1, 2}};
    Images images = Images.of("a", PAIR, 10, pixels, new int[] {3});
    assertTrue(images.sha256().matches("[0-9a-f]{64}"));
    assertEquals(images.sha256(), Images.of("b", PAIR, 10, pixels, new int[] {3}).sha256());
    assertNotEquals(images.sha256(), Images.of("a", PAIR, 10, pixels, new int[] {4}).sha256());
    assertNotEquals(images.sha256(), Images.of("a", PAIR, 11, pixels, new int[] {3}).sha256());
    Shape column = Shape.of(1, 2, 1);
    assertNotEquals(images.sha256(), Images.of("a", column, 10, pixels, new int[] {3}).sha256());
    byte[][] others = {{1, 3}};
    assertNotEquals(images.sha256(), Images.of("a", PAIR, 10, others, new int[] {3}).sha256());
  }

  @Test
  void theHashIsTheSameFromManyThreads() {
    Images images = three();
    assertEquals(
        1, IntStream.range(0, 64).parallel().mapToObj(i -> images.sha256()).distinct().count());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10, 255})
  void aLabelOutsideTheClassesIsNamedWithItsIndex(int label) {
    byte[][] pixels = {{0, 0}, {0, 0}};
    int[] labels = {0, label};
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Images.of("x", PAIR, 10, pixels, labels));
    assertEquals("label 1 of x must be in [0, 10), got " + label, e.getMessage());
  }

  @Test
  void piecesThatDoNotFitAreRefused() {
    byte[][] one = {{0, 0}};
    byte[][] short1 = {{0}};
    refused(() -> Images.of("x", PAIR, 10, one, new int[2]));
    refused(() -> Images.of("x", PAIR, 10, short1, new int[1]));
    refused(() -> Images.of("x", PAIR, 0, one, new int[1]));
    refused(() -> Images.of("x", Shape.of(2), 10, one, new int[1]));
    Images otherClasses = Images.of("x", PAIR, 3, one, new int[1]);
    refused(() -> new DataSet("x", three(), otherClasses, ""));
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }
}
