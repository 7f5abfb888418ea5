package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Refusal.of(() -> Idx.readFolder("small", folder), "holds no train-images-idx3-ubyte");
    Files.write(folder.resolve("train-images-idx3-ubyte"), SmallSets.idxImages(3, 2, 2));
    Refusal.of(() -> Idx.readFolder("small", folder), "train-labels-idx1-ubyte is missing");
  }

  private DataSet set(String prefix, int[] training, int[] test) throws IOException {
    SmallSets.write(folder, SmallSets.idxSet(prefix, "-", training, test));
    return Idx.readFolder("small", folder);
  }

  @Test
  void classesAreCountedOverBothParts() throws IOException {
    DataSet four = set("", new int[] {0, 1, 2, 2}, new int[] {3, 0});
    assertEquals(List.of("0", "1", "2", "3"), four.test().classNames());
    assertEquals(
        "There are no training images of 3. There are no test images of 1, 2.", four.note());
    int[] letters = IntStream.range(0, 26).toArray();
    assertEquals(26, set("", letters, new int[] {4}).training().classes());
    int[] balanced = IntStream.range(0, 47).toArray();
    assertEquals(47, set("", balanced, balanced).training().classes());
  }

  @Test
  void theLettersOfEmnistAreNumberedFromOneAndNamed() throws IOException {
    int[] letters = IntStream.rangeClosed(1, 26).toArray();
    DataSet set = set("emnist-letters-", letters, letters);
    assertEquals(26, set.training().classes());
    assertEquals("z", set.training().classNames().get(set.test().label(25)));
    assertEquals("", set.note());
  }

  @ParameterizedTest
  @CsvSource({
    "'', -, ''",
    "'', ., ''",
    "emnist-letters-, -, .gz",
    "'', -, MNIST/raw",
  })
  void filesAreFoundUnderTheNamesThatOtherToolsGive(String prefix, String dot, String rest)
      throws IOException {
    Map<String, byte[]> files = SmallSets.idxSet(prefix, dot, new int[] {0, 1}, new int[] {1});
    if (rest.equals(".gz")) {
      files = new TreeMap<>(files);
      for (String name : List.copyOf(files.keySet())) {
        files.put(
            name.replace("t10k", "test") + ".gz",
            SmallSets.gzip(Objects.requireNonNull(files.remove(name))));
      }
    }
    SmallSets.write(rest.contains("/") ? folder.resolve(rest) : folder, files);
    assertEquals(2, Idx.readFolder("x", folder).training().count());
  }

  @Test
  void oneOfSeveralSetsMustBeNamed() throws IOException {
    for (String name : List.of("KMNIST/raw", "MNIST/raw")) {
      SmallSets.write(
          folder.resolve(name), SmallSets.idxSet("", "-", new int[] {0, 1}, new int[] {1}));
    }
    Refusal.of(() -> Idx.readFolder("x", folder), "holds several sets", "name a folder with one");
  }

  @Test
  void aSetThatNeedsMoreMemoryThanItMayTakeIsRefused() throws IOException {
    SmallSets.write(folder, SmallSets.idxSet("", "-", new int[] {0, 1}, new int[] {1}));
    IdxFiles files = IdxFiles.find(folder).orElseThrow();
    assertEquals(2, Idx.read("x", files, new MemoryBudget(3 * (4 + 32))).training().count());
    Refusal.of(
        () -> Idx.read("x", files, new MemoryBudget(3 * (4 + 32) - 1)),
        "set PDNN_MEMORY, of which");
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
            "announces 2147483648 images, not 1 to 2^22"),
        arguments(
            SmallSets.idx(new int[] {2051, 2, -1, -1}, new byte[784]),
            "announces 2 images of 4294967295x4294967295 pixels"),
        arguments(
            SmallSets.idx(new int[] {2051, 2, 0, 28}, new byte[784]),
            "announces 2 images of 0x28 pixels"),
        arguments(SmallSets.idx(new int[] {2051, 0, 28, 28}, new byte[0]), "announces 0 images"),
        arguments(
            SmallSets.idx(new int[] {2051, 1 << 22, 1, 1}, new byte[9]), "more than it can hold"),
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

  @Test
  void aDeviceIsNotRead() throws IOException {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "there is no /dev/zero");
    Path labels = Files.write(folder.resolve("labels"), SmallSets.idxLabels(1));
    Refusal.of(() -> Idx.read("x", zero, labels), "/dev/zero is a pipe or device");
  }
}
