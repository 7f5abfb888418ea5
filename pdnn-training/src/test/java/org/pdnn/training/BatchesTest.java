package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.data.Images;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Outputs;

class BatchesTest {
  private static final int COUNT = 200;
  private static final int BATCH = 32;

  /// Image i is the line (i, 255): the left pixel names it, unless it is mirrored.
  private static final Images LINES =
      Images.of(
          "lines",
          Shape.of(1, 1, 2),
          1,
          IntStream.range(0, COUNT)
              .mapToObj(i -> new byte[] {(byte) i, (byte) 255})
              .toArray(byte[][]::new),
          new int[COUNT]);

  private static Batches batches(boolean flip, long seed) {
    return new Batches(LINES, new Hyperparameters(1, 1, BATCH, 1e-3, flip, Outputs.LOGITS, seed));
  }

  /// The images of an epoch in their order; mirrored ones as -1 - i.
  private static List<Integer> epoch(Batches batches, long epoch) {
    List<Integer> order = new ArrayList<>();
    for (int position = 0; position < batches.perEpoch(); position++) {
      float[] pixels = batches.get(epoch, position).pixels();
      for (int i = 0; i < pixels.length; i += 2) {
        boolean mirrored = pixels[i] == 1;
        int image = Math.round(255 * pixels[mirrored ? i + 1 : i]);
        order.add(mirrored ? -1 - image : image);
      }
    }
    return order;
  }

  @Test
  void eachEpochSeesEachImageOnce() {
    for (int epoch = 0; epoch < 5; epoch++) {
      List<Integer> order = epoch(batches(false, 1), epoch);
      assertEquals(IntStream.range(0, COUNT).boxed().toList(), order.stream().sorted().toList());
    }
  }

  @Test
  void theLastBatchHoldsTheRest() {
    Batches batches = batches(false, 1);
    assertEquals(7, batches.perEpoch());
    assertEquals(BATCH, batches.get(0, 5).size());
    assertEquals(COUNT - 6 * BATCH, batches.get(0, 6).size());
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    List<Integer> order = epoch(batches(true, 1), 3);
    Batches asked = batches(true, 1);
    asked.get(7, 2);
    asked.get(0, 0);
    assertEquals(order, epoch(asked, 3));
    assertFalse(order.equals(epoch(asked, 4)), "another epoch has another order");
    assertFalse(order.equals(epoch(batches(true, 2), 3)), "another seed has another order");
  }

  @Test
  void aBatchDoesNotDependOnThoseBefore() {
    Batch late = batches(true, 1).get(2, 4);
    Batches walked = batches(true, 1);
    for (int position = 0; position < 4; position++) {
      walked.get(2, position);
    }
    assertArrayEquals(late.pixels(), walked.get(2, 4).pixels());
  }

  /// How often each of 20 images comes first in 4,000 epochs: chi-squared with 19 degrees of
  /// freedom is below 49.5 but for one seed in 6,000.
  @Test
  void ordersAreEquallyLikely() {
    Images few = LINES.first(20);
    Batches batches = new Batches(few, Hyperparameters.paper().withBatch(1));
    int epochs = 4000;
    int[] first = new int[20];
    for (int epoch = 0; epoch < epochs; epoch++) {
      first[Math.round(255 * batches.get(epoch, 0).pixels()[0])]++;
    }
    double expected = epochs / 20.0;
    double chiSquared =
        Arrays.stream(first).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertTrue(chiSquared < 49.5, "chi-squared " + chiSquared);
  }

  /// Of 10,000 images half are mirrored; |z| < 4 fails for one seed in 15,000.
  @Test
  void halfOfTheImagesAreMirrored() {
    Batches batches = batches(true, 1);
    long mirrored = 0;
    for (int epoch = 0; epoch < 50; epoch++) {
      mirrored += epoch(batches, epoch).stream().filter(image -> image < 0).count();
    }
    assertEquals(5000, (double) mirrored, 4 * 50);
  }

  @Test
  void withoutFlipNoneIsMirrored() {
    assertTrue(epoch(batches(false, 1), 0).stream().allMatch(image -> image >= 0));
  }

  @Test
  void aMirroredImageIsReversedLineByLine() {
    byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Images image = Images.of("image", Shape.of(2, 2, 3), 1, new byte[][] {pixels}, new int[1]);
    Batches batches =
        new Batches(image, new Hyperparameters(1, 1, 1, 1e-3, true, Outputs.LOGITS, 1));
    int[] mirrored = {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10};
    boolean seen = false;
    for (int epoch = 0; epoch < 20; epoch++) {
      float[] read = batches.get(epoch, 0).pixels();
      if (read[0] != 1 / 255f) {
        seen = true;
        for (int i = 0; i < read.length; i++) {
          assertEquals(mirrored[i] / 255f, read[i]);
        }
      }
    }
    assertTrue(seen, "none of 20 was mirrored; chance 2^-20");
  }
}
