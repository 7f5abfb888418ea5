package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every data set keeps to, even if its files are sorted by class: 60 images of three classes,
/// 30, 20 and 10 of them, no two alike.
class DataSetContractTest {
  private static final List<String> NUMBERS = List.of("0", "1", "2");
  private static final List<String> PETS = List.of("cat", "dog", "owl");

  @TempDir private Path folder;

  @FunctionalInterface
  private interface Writer {
    void write(Path folder) throws IOException;
  }

  static Stream<Arguments> all() {
    return Stream.of(
        arguments("IDX files", NUMBERS, (Writer) DataSetContractTest::writeIdx),
        arguments(
            "CIFAR-10",
            List.of("airplane", "automobile", "bird"),
            (Writer) DataSetContractTest::writeCifar10),
        arguments(
            "CIFAR-100",
            List.of("apple", "aquarium_fish", "baby"),
            (Writer) DataSetContractTest::writeCifar100),
        arguments("folders of classes", PETS, (Writer) home -> writePictures(home, "%2$s/%3$s")),
        arguments("train and test", PETS, (Writer) home -> writePictures(home, "%1$s/%2$s/%3$s")),
        arguments("a list of classes", PETS, (Writer) DataSetContractTest::writeList));
  }

  /// The class of the i-th image.
  private static int label(int image) {
    return image < 30 ? 0 : image < 50 ? 1 : 2;
  }

  private static boolean tests(int image) {
    return image % 5 == 0;
  }

  private static int[] images(boolean test) {
    return IntStream.range(0, 60).filter(image -> tests(image) == test).toArray();
  }

  private static void writeIdx(Path home) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (boolean test : new boolean[] {false, true}) {
      int[] images = images(test);
      byte[] pixels = new byte[images.length];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) images[i];
      }
      String part = test ? "t10k" : "train";
      files.put(
          part + "-images-idx3-ubyte",
          SmallSets.idx(new int[] {2051, images.length, 1, 1}, pixels));
      int[] labels = IntStream.of(images).map(DataSetContractTest::label).toArray();
      files.put(part + "-labels-idx1-ubyte", SmallSets.idxLabels(labels));
    }
    SmallSets.write(home, files);
  }

  private static byte[] records(int[] images, int labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int image : images) {
      for (int i = 0; i < labels; i++) {
        bytes.write(label(image));
      }
      bytes.write(image);
      bytes.writeBytes(new byte[3071]);
    }
    return bytes.toByteArray();
  }

  private static void writeCifar10(Path home) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    int[] training = images(false);
    for (int batch = 0; batch < 5; batch++) {
      int from = batch * 10;
      int[] images =
          IntStream.range(from, Math.min(from + 10, training.length))
              .map(i -> training[i])
              .toArray();
      files.put("data_batch_%s.bin".formatted(batch + 1), records(images, 1));
    }
    files.put("test_batch.bin", records(images(true), 1));
    SmallSets.write(home, files);
  }

  private static void writeCifar100(Path home) throws IOException {
    SmallSets.write(
        home.resolve("cifar-100-binary"),
        Map.of("train.bin", records(images(false), 2), "test.bin", records(images(true), 2)));
  }

  private static void writePictures(Path home, String pattern) throws IOException {
    for (int image = 0; image < 60; image++) {
      String path =
          pattern.formatted(
              tests(image) ? "test" : "train", PETS.get(label(image)), "%02d.pgm".formatted(image));
      Path file = home.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, "P2 1 1 255 %s".formatted(image).getBytes(US_ASCII));
    }
  }

  private static void writeList(Path home) throws IOException {
    writePictures(home, "%3$s");
    StringBuilder list = new StringBuilder("file,class,split\n");
    for (int image = 0; image < 60; image++) {
      list.append(
          "%02d.pgm,%s,%s\n"
              .formatted(image, PETS.get(label(image)), tests(image) ? "test" : "train"));
    }
    Files.writeString(home.resolve("list.csv"), list);
  }

  private DataSet open() throws IOException {
    Download none = Download.fromEnvironment(Download.Progress.NONE);
    return DataSets.open(folder.toString(), folder, new Digits.Sizes(1, 1, 1), none);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void noImageIsLostAndNoneIsInBothParts(String form, List<String> classes, Writer writer)
      throws IOException {
    writer.write(folder);
    DataSet set = open();
    assertEquals(60, set.training().count() + set.test().count());
    Set<Integer> seen = new HashSet<>();
    for (Images part : List.of(set.training(), set.test())) {
      for (int i = 0; i < part.count(); i++) {
        float[] pixels = new float[part.shape().size()];
        part.read(i, pixels, 0);
        int image = Math.round(255 * pixels[0]);
        assertTrue(seen.add(image), "image " + image + " comes twice");
        assertEquals(label(image), part.label(i));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void classesKeepTheirNames(String form, List<String> classes, Writer writer) throws IOException {
    writer.write(folder);
    DataSet set = open();
    assertEquals(classes, set.training().classNames().subList(0, 3));
    assertEquals(set.training().classNames(), set.test().classNames());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void anyNumberOfImagesHoldsEachClassInItsShare(String form, List<String> classes, Writer writer)
      throws IOException {
    writer.write(folder);
    for (Images part : List.of(open().training(), open().test())) {
      Images mixed = part.stratified(3);
      for (int n = 1; n <= part.count(); n++) {
        for (int label = 0; label < 3; label++) {
          double share = (double) count(part, label) / part.count();
          assertEquals(n * share, count(mixed.first(n), label), 1, "first " + n);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theSameFilesGiveTheSameSet(String form, List<String> classes, Writer writer)
      throws IOException {
    writer.write(folder);
    assertEquals(open().training().sha256(), open().training().sha256());
    assertEquals(open().test().sha256(), open().test().sha256());
  }

  private static int count(Images images, int label) {
    return (int) IntStream.range(0, images.count()).filter(i -> images.label(i) == label).count();
  }
}
