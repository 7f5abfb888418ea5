package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Shape;

class IdxTest {
  @TempDir private Path folder;

  private Images read(byte[] images, byte[] labels) throws IOException {
    Path imageFile = Files.write(folder.resolve("images"), images);
    Path labelFile = Files.write(folder.resolve("labels"), labels);
    return Idx.read("test", imageFile, labelFile);
  }

  @Test
  void imagesAndLabelsAreReadInOrder() throws IOException {
    Images images = read(SmallSets.idxImages(2, 2, 3), SmallSets.idxLabels(4, 9));
    assertEquals(Shape.of(1, 2, 3), images.shape());
    assertEquals(2, images.count());
    assertEquals(4, images.label(0));
    assertEquals(9, images.label(1));
    float[] pixels = new float[6];
    images.read(1, pixels, 0);
    assertArrayEquals(
        new float[] {6 / 255f, 7 / 255f, 8 / 255f, 9 / 255f, 10 / 255f, 11 / 255f}, pixels);
  }

  @Test
  void aPackedFileIsKnownByItsContentAndNotByItsName() throws IOException {
    byte[] images = SmallSets.idxImages(2, 2, 3);
    byte[] labels = SmallSets.idxLabels(4, 9);
    assertEquals(
        read(images, labels).sha256(),
        read(SmallSets.gzip(images), SmallSets.gzip(labels)).sha256());
  }

  @Test
  void aFolderMayMixPackedAndPlainFiles() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), SmallSets.idxImages(3, 2, 2));
    Files.write(
        folder.resolve("train-labels-idx1-ubyte.gz"), SmallSets.gzip(SmallSets.idxLabels(1, 2, 3)));
    Files.write(
        folder.resolve("t10k-images-idx3-ubyte.gz"), SmallSets.gzip(SmallSets.idxImages(1, 2, 2)));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), SmallSets.idxLabels(5));
    DataSet set = Idx.readFolder("small", folder);
    assertEquals(3, set.training().count());
    assertEquals(5, set.test().label(0));
    assertEquals("", set.note());
  }

  @Test
  void aMissingFileIsNamed() {
    Refusal.of(() -> Idx.readFolder("small", folder), "train-labels-idx1-ubyte.gz is missing");
  }

  static Stream<Arguments> damagedImages() {
    byte[] good = SmallSets.idxImages(2, 2, 3);
    return Stream.of(
        arguments(new byte[0], "ends at byte 0, 4 bytes too early"),
        arguments(Arrays.copyOf(good, 10), "ends at byte 10, 2 bytes too early"),
        arguments(
            Arrays.copyOf(good, good.length - 1),
            "announces 2 images of 2x3 pixels, more than it can hold"),
        arguments(Arrays.copyOf(good, good.length + 1), "goes on after byte 28"),
        arguments(SmallSets.idxLabels(1, 2), "its first four bytes must be 2051, got 2049"),
        arguments(
            SmallSets.idx(new int[] {2051, Integer.MIN_VALUE, 28, 28}, new byte[784]),
            "announces 2147483648 images, not 1 to 2^24"),
        arguments(
            SmallSets.idx(new int[] {2051, 2, -1, -1}, new byte[784]),
            "announces 2 images of 4294967295x4294967295 pixels"),
        arguments(
            SmallSets.idx(new int[] {2051, 2, 0, 28}, new byte[784]),
            "announces 2 images of 0x28 pixels"),
        arguments(SmallSets.idx(new int[] {2051, 0, 28, 28}, new byte[0]), "announces 0 images"),
        arguments(
            SmallSets.idx(new int[] {2051, 1 << 24, 1, 1}, new byte[9]), "more than it can hold"),
        arguments(SmallSets.idxImages(3, 2, 3), "has 3 images but"),
        arguments(new byte[] {0x1F, (byte) 0x8B, 8}, "its gzip header is broken"),
        arguments(Arrays.copyOf(SmallSets.gzip(good), 25), "cannot be unpacked"));
  }

  @ParameterizedTest
  @MethodSource("damagedImages")
  void damagedImagesAreRefusedWithFileFaultAndRemedy(byte[] images, String fault) {
    String message = Refusal.of(() -> read(images, SmallSets.idxLabels(4, 9)), fault);
    assertTrue(message.startsWith(folder.resolve("images").toString()), message);
    assertTrue(
        message.endsWith("replace it by an undamaged copy")
            || message.endsWith("put files there that belong together"),
        message);
  }

  @Test
  void aLabelAboveNineIsNamedWithItsIndex() {
    Refusal.of(
        () -> read(SmallSets.idxImages(2, 2, 3), SmallSets.idxLabels(4, 10)),
        "labels says that label 1 is 10, but labels are 0 to 9");
  }

  /// 16 MiB of zeros pack into 16 KiB; the header says 12 bytes.
  @Test
  void aBombIsNotUnpackedBeyondWhatItsHeaderAnnounces() {
    byte[] bomb = SmallSets.gzip(SmallSets.idx(new int[] {2051, 2, 2, 3}, new byte[16 << 20]));
    Refusal.of(() -> read(bomb, SmallSets.idxLabels(4, 9)), "goes on after byte 28");
  }

  @Test
  void aFolderInTheFilesPlaceIsNamed() throws IOException {
    Path labels = Files.write(folder.resolve("labels"), SmallSets.idxLabels(1));
    Refusal.of(() -> Idx.read("x", folder, labels), "is a folder");
  }
}
