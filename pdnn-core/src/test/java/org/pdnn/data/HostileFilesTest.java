package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Files damaged at random: a reader answers with a set or with an IOException, and nothing else.
class HostileFilesTest {
  private static final int CASES = 1000;

  /// No damaged file is longer than 128 KiB, and zlib unpacks at most 1,032-fold; a reader that
  /// believed an announced size would exceed this by far.
  private static final long MOST_MEMORY = 160L << 20;

  /// Of each of eight forms.
  private static final int PICTURES = 300;

  /// 64 bytes for each of 2^24 pixels, what is freed on the way included.
  private static final long MOST_MEMORY_OF_PICTURES = 1L << 30;

  @TempDir private Path folder;

  @FunctionalInterface
  private interface Reader {
    Object read(Path file) throws IOException;
  }

  static Stream<Arguments> formats() {
    byte[] images = SmallSets.idxImages(4, 5, 6);
    byte[] labels = SmallSets.idxLabels(1, 2, 3, 4);
    Map<String, byte[]> batches = SmallSets.cifarTraining();
    byte[] tar = SmallSets.tar(batches);
    return Stream.of(
        arguments("IDX images", images, (Reader) file -> Idx.read("x", file, beside(file, labels))),
        arguments(
            "packed IDX images",
            SmallSets.gzip(images),
            (Reader) file -> Idx.read("x", file, beside(file, labels))),
        arguments("IDX labels", labels, (Reader) file -> Idx.read("x", beside(file, images), file)),
        arguments(
            "packed IDX labels",
            SmallSets.gzip(labels),
            (Reader) file -> Idx.read("x", beside(file, images), file)),
        arguments("CIFAR batch", SmallSets.cifarBatch(1, 2), (Reader) HostileFilesTest::readBatch),
        arguments("tar", tar, (Reader) Cifar::read),
        arguments("packed tar", SmallSets.gzip(tar), (Reader) Cifar::read));
  }

  static Stream<Arguments> pictures() throws IOException {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 63; i++) {
      image.setRGB(i % 9, i / 9, i * 0x030507);
    }
    List<Arguments> forms = new ArrayList<>();
    for (String form : List.of("png", "jpg", "bmp", "gif", "tiff")) {
      forms.add(arguments(form, PictureFileTest.written(image, form)));
    }
    forms.add(arguments("webp", PictureFileTest.webp(2, 1)));
    forms.add(
        arguments(
            "pnm", "P3 # text\n3 2 255\n1 2 3 4 5 6 7 8 9 9 9 9 8 8 8 7 6 5".getBytes(US_ASCII)));
    forms.add(arguments("pnm of bytes", "P6 3 2 255\n012345678901234567".getBytes(US_ASCII)));
    return forms.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void damagedPicturesGiveOnlyIOExceptions(String form, byte[] good) throws IOException {
    onlyIOExceptions(form, good, PictureFile::read, PICTURES, MOST_MEMORY_OF_PICTURES);
  }

  private static Path beside(Path file, byte[] content) throws IOException {
    return Files.write(file.resolveSibling("beside"), content);
  }

  private static DataSet readBatch(Path file) throws IOException {
    Path home = file.resolveSibling("batches");
    if (!Files.exists(home)) {
      SmallSets.write(home, SmallSets.cifarTraining());
    }
    Files.write(home.resolve("data_batch_1.bin"), Files.readAllBytes(file));
    return Cifar.read(home);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void onlyIOExceptionsWithTheFilesNameComeOut(String format, byte[] good, Reader reader)
      throws IOException {
    onlyIOExceptions(format, good, reader, CASES, MOST_MEMORY);
  }

  private void onlyIOExceptions(String format, byte[] good, Reader reader, int cases, long memory)
      throws IOException {
    RandomWords words = Philox.forPurpose(2026, format);
    Path file = folder.resolve("damaged");
    int refused = 0;
    for (int i = 0; i < cases; i++) {
      Files.write(file, damaged(good, words, i));
      long before = allocated();
      try {
        reader.read(file);
      } catch (IOException e) {
        refused++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(folder.toString()), message);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("case %d of %s".formatted(i, format), e);
      }
      long taken = allocated() - before;
      assertTrue(taken < memory, "case " + i + " took " + taken + " bytes");
    }
    assertTrue(refused > cases / 10, "only " + refused + " were refused");
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  /// One to four changes: a bit flipped, a byte set to an extreme, an end cut off, bytes put in.
  /// Half of them fall on the first 600 bytes, where the headers are.
  private static byte[] damaged(byte[] good, RandomWords words, int index) {
    byte[] bytes = good.clone();
    int changes = 1 + Integer.remainderUnsigned(words.word(index, 0, 0, 0), 4);
    for (int change = 1; change <= changes && bytes.length > 0; change++) {
      int kind = Integer.remainderUnsigned(words.word(index, 0, change, 0), 8);
      int value = words.word(index, 0, change, 1);
      int range = value < 0 ? Math.min(600, bytes.length) : bytes.length;
      int at = Integer.remainderUnsigned(words.word(index, 0, change, 2), range);
      bytes =
          switch (kind) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> inserted(bytes, at, value & 0x3FF, (byte) (value >> 16));
            case 2, 3 -> replaced(bytes, at, (value & 0x100) == 0 ? (byte) 0 : (byte) 0xFF);
            default -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << (value & 7)));
          };
    }
    return bytes;
  }

  private static byte[] replaced(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] inserted(byte[] bytes, int at, int count, byte value) {
    byte[] longer = new byte[bytes.length + count];
    System.arraycopy(bytes, 0, longer, 0, at);
    Arrays.fill(longer, at, at + count, value);
    System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
    return longer;
  }
}
