package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;

class ImagesTest {
  private static final Shape PAIR = Shape.of(1, 1, 2);
  private static final float[] ONE = {1};

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
    assertEquals(three().sha256(), three().first(3).sha256());
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

  @Test
  void classesAreCalledByNumberUnlessTheyHaveNames() {
    assertEquals(
        List.of("0", "1", "2"), Images.of("x", PAIR, 3, new byte[0][], new int[0]).classNames());
    List<String> pets = List.of("cat", "dog");
    Images images = Images.of("pets", PAIR, pets, new byte[3][2], new int[] {1, 0, 1});
    assertEquals(pets, images.slice(1, 2).stratified(3).normalised(ONE, ONE).classNames());
    assertEquals(2, images.classes());
    refused(() -> Images.of("x", PAIR, List.of("a", "a"), new byte[0][], new int[0]));
    Images others = Images.of("x", PAIR, List.of("cat", "cow"), new byte[0][], new int[0]);
    refused(() -> new DataSet("x", images, others, ""));
  }

  @Test
  void classesAreNumberedByAnotherListAndSetsAreJoined() {
    Images images =
        Images.of(
            "pets", PAIR, List.of("dog", "cat"), new byte[][] {{1, 2}, {3, 4}}, new int[] {1, 0});
    List<String> zoo = List.of("ape", "cat", "dog");
    Images numbered = images.numberedBy(zoo);
    assertEquals(zoo, numbered.classNames());
    assertEquals(List.of(1, 2), List.of(numbered.label(0), numbered.label(1)));
    Images both = numbered.and(numbered.slice(1, 2));
    assertEquals(3, both.count());
    assertEquals(2, both.label(2));
    refused(() -> images.numberedBy(List.of("dog", "cow")));
    refused(() -> images.and(numbered));
  }

  /// Labels in the order of the classes, as a folder of pictures lies on the disk.
  private static int[] sorted(int... counts) {
    return IntStream.range(0, counts.length)
        .flatMap(label -> IntStream.generate(() -> label).limit(counts[label]))
        .toArray();
  }

  static Stream<int[]> labels() {
    return Stream.of(
        sorted(250, 250, 250, 250),
        sorted(1),
        sorted(0, 3, 0),
        sorted(1, 1, 1, 97),
        sorted(7, 1, 300, 41, 0, 29, 2),
        new int[] {2, 0, 2, 1, 2, 2, 2, 0});
  }

  @ParameterizedTest
  @MethodSource("labels")
  void everyPrefixAndSuffixHoldsEachClassInItsShareWithinOneImage(int[] labels) {
    int[] order = Stratified.order(labels, 8, 5);
    assertArrayEquals(
        IntStream.range(0, labels.length).toArray(), Arrays.stream(order).sorted().toArray());
    double[] shares = new double[8];
    Arrays.stream(labels).forEach(label -> shares[label] += 1.0 / labels.length);
    int[] counts = new int[8];
    for (int k = 1; k <= labels.length; k++) {
      counts[labels[order[k - 1]]]++;
      for (int label = 0; label < 8; label++) {
        assertEquals(
            k * shares[label], counts[label], 1 - 1e-9, "class " + label + " of first " + k);
      }
    }
  }

  @Test
  void theStratifiedOrderIsAFunctionOfTheSeedAndShuffles() {
    int[] labels = sorted(40, 40);
    int[] order = Stratified.order(labels, 2, 1);
    assertArrayEquals(order, Stratified.order(labels, 2, 1));
    assertFalse(Arrays.equals(order, Stratified.order(labels, 2, 2)));
    int[] first = Arrays.stream(order).filter(image -> labels[image] == 0).toArray();
    assertFalse(Arrays.equals(IntStream.range(0, 40).toArray(), first));
  }

  @Test
  void normalisedImagesReadAsPyTorchNormalisesThem() {
    byte[][] pixels = {{0, 51, (byte) 255, 102}};
    Images images = Images.of("x", Shape.of(2, 1, 2), 1, pixels, new int[1]);
    Images normalised = images.normalised(new float[] {0.5f, 0.1f}, new float[] {0.5f, 0.2f});
    float[] values = {-1, (0.2f - 0.5f) / 0.5f, (1 - 0.1f) / 0.2f, (0.4f - 0.1f) / 0.2f};
    assertArrayEquals(values, read(normalised));
    assertArrayEquals(values, read(normalised.first(1).stratified(1)));
    assertEquals(images.sha256(), normalised.sha256());
    refused(() -> images.normalised(ONE, ONE));
    refused(() -> images.normalised(new float[2], new float[2]));
    refused(() -> images.normalised(new float[] {0, Float.NaN}, new float[] {1, 1}));
  }

  @Test
  void channelsLastReadsTheSameValuesByRowColumnAndChannel() {
    byte[][] pixels = {SmallSets.ramp(12)};
    Images images = Images.of("x", Shape.of(2, 2, 3), 1, pixels, new int[1]);
    Images last = images.channelsLast();
    assertEquals(Shape.of(2, 3, 2), last.shape());
    assertArrayEquals(fractions(0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11), read(last));
    assertEquals(images.sha256(), last.sha256());
    float[] mirrored = new float[12];
    last.readMirrored(0, mirrored, 0);
    assertArrayEquals(fractions(2, 8, 1, 7, 0, 6, 5, 11, 4, 10, 3, 9), mirrored);
    images.readMirrored(0, mirrored, 0);
    assertArrayEquals(fractions(2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9), mirrored);
  }

  @Test
  void someImagesHoldEachClassInItsShareAndAllKeepTheirOrder() {
    byte[][] pixels = new byte[30][1];
    int[] labels = new int[30];
    for (int i = 0; i < 30; i++) {
      labels[i] = i / 10;
    }
    Images sorted = Images.of("sorted", Shape.of(1, 1, 1), 3, pixels, labels);
    for (long seed : new long[] {1, 2, 3}) {
      Images some = sorted.some(9, seed);
      assertEquals(9, some.count());
      int[] counts = new int[3];
      for (int i = 0; i < 9; i++) {
        counts[some.label(i)]++;
      }
      assertArrayEquals(new int[] {3, 3, 3}, counts);
    }
    assertEquals(sorted.sha256(), sorted.some(30, 1).sha256());
    assertEquals(sorted.sha256(), sorted.atMost(31, 1).sha256());
    var e = assertThrows(IllegalArgumentException.class, () -> sorted.some(31, 1));
    assertEquals("sorted has 30 images, got 31 to choose", e.getMessage());
  }

  private static float[] fractions(int... bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] / 255f;
    }
    return values;
  }

  private static float[] read(Images images) {
    float[] values = new float[images.shape().size()];
    images.read(0, values, 0);
    return values;
  }
}
