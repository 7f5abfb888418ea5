package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.Shape;

class CifarTest {
  @TempDir private Path folder;

  private static Map<String, byte[]> complete() {
    Map<String, byte[]> batches = SmallSets.cifarTraining();
    batches.put("test_batch.bin", SmallSets.cifarBatch(0, 9, 8));
    return batches;
  }

  private Path archive(Map<String, byte[]> files) throws IOException {
    return Files.write(folder.resolve(Cifar.ARCHIVE), SmallSets.gzip(SmallSets.tar(files)));
  }

  @Test
  void theFiveBatchesAreTrainedOnAndTheTestBatchMeasures() throws IOException {
    SmallSets.write(folder, complete());
    DataSet set = Cifar.read(folder);
    assertEquals(Shape.of(3, 32, 32), set.training().shape());
    assertEquals(10, set.training().count());
    assertEquals(1, set.training().label(0));
    assertEquals(5, set.training().label(9));
    assertEquals(3, set.test().count());
    assertEquals(9, set.test().label(1));
    assertEquals("", set.note());
    float[] pixels = new float[3072];
    set.test().read(2, pixels, 0);
    assertEquals(0f, pixels[0]);
    assertEquals(1f, pixels[3071]);
  }

  @Test
  void withoutTestBatchTheFifthIsHeldOutAndTheNoteSaysSo() throws IOException {
    SmallSets.write(folder, SmallSets.cifarTraining());
    DataSet set = Cifar.read(folder);
    assertEquals(8, set.training().count());
    assertEquals(4, set.training().label(7));
    assertEquals(2, set.test().count());
    assertEquals(5, set.test().label(0));
    assertEquals(
        "test_batch.bin is absent, so data_batch_5.bin is held out for test and the other four"
            + " batches are trained on.",
        set.note());
  }

  @Test
  void theArchiveReadsAsItsFolderDoes() throws IOException {
    SmallSets.write(folder.resolve("cifar-10-batches-bin"), complete());
    DataSet unpacked = Cifar.read(folder);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    byte[] tar = SmallSets.tar(complete());
    Path packed = Files.write(elsewhere.resolve(Cifar.ARCHIVE), SmallSets.gzip(tar));
    Path plain = Files.write(elsewhere.resolve("plain.tar"), tar);
    for (Path source : new Path[] {elsewhere, packed, plain}) {
      assertEquals(unpacked.training().sha256(), Cifar.read(source).training().sha256());
      assertEquals(unpacked.test().sha256(), Cifar.read(source).test().sha256());
    }
  }

  @Test
  void otherFilesOfTheArchiveAreSkipped() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("readme.html", new byte[1 << 20]);
    files.putAll(complete());
    files.put("batches.meta.txt", new byte[61]);
    assertEquals(10, Cifar.read(archive(files)).training().count());
  }

  @Test
  void aMissingBatchIsNamed() throws IOException {
    Map<String, byte[]> batches = new TreeMap<>(complete());
    batches.remove("data_batch_3.bin");
    SmallSets.write(folder, batches);
    refused(folder, "has no data_batch_3.bin; put the complete set there");
  }

  @Test
  void cifar100IsReadByItsFineLabels() throws IOException {
    Map<String, byte[]> files =
        Map.of(
            "train.bin",
            SmallSets.cifar100(new int[][] {{4, 0}, {11, 99}}),
            "test.bin",
            SmallSets.cifar100(new int[][] {{1, 50}}));
    SmallSets.write(folder.resolve("cifar-100-binary"), files);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    byte[] packed = SmallSets.gzip(SmallSets.tar(files));
    Path archive = Files.write(elsewhere.resolve("cifar-100-binary.tar.gz"), packed);
    for (Path source : List.of(folder, elsewhere, archive)) {
      DataSet set = Cifar.read(source);
      assertEquals("cifar100", set.name());
      assertEquals(99, set.training().label(1));
      List<String> classes = set.test().classNames();
      assertEquals(100, classes.size());
      assertEquals(classes.stream().sorted().toList(), classes);
      assertEquals("mouse", classes.get(set.test().label(0)));
      float[] pixels = new float[3072];
      set.test().read(0, pixels, 0);
      assertEquals(1 / 255f, pixels[1]);
    }
    Files.delete(folder.resolve("cifar-100-binary/test.bin"));
    Files.write(folder.resolve("cifar-100-binary/fine_label_names.txt"), new byte[1]);
    refused(folder, "has no test.bin; put the complete set there");
  }

  @Test
  void anEmptyFolderIsToldWhatItLacks() {
    refused(folder, "holds neither data_batch_1.bin nor cifar-10-binary.tar.gz");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3072, 3074, 6145})
  void aBatchOfBrokenRecordsIsRefused(int size) throws IOException {
    Map<String, byte[]> batches = complete();
    batches.put("data_batch_2.bin", new byte[size]);
    SmallSets.write(folder, batches);
    String fault = "data_batch_2.bin has %d bytes, not a multiple of 3073".formatted(size);
    refused(folder, fault);
    refused(archive(batches), fault);
  }

  @Test
  void aLabelAboveNineIsNamedWithItsByte() throws IOException {
    Map<String, byte[]> batches = complete();
    batches.put("data_batch_4.bin", SmallSets.cifarBatch(3, 255));
    SmallSets.write(folder, batches);
    refused(folder, "data_batch_4.bin has label 255 at byte 3073 (image 1), but labels are 0 to 9");
  }

  @Test
  void anOverlongBatchIsRefusedUnread() throws IOException {
    SmallSets.write(folder, complete());
    try (var batch = new RandomAccessFile(folder.resolve("data_batch_1.bin").toFile(), "rw")) {
      batch.setLength(30_730_001);
    }
    refused(folder, "has 30730001 bytes, more than 30730000");
    Path archive =
        Files.write(folder.resolve("long.tar"), header("data_batch_1.bin", '0', 1 << 30));
    refused(archive, "one above 30730000 bytes");
  }

  @Test
  void anArchiveCutShortIsRefused() throws IOException {
    byte[] bytes = SmallSets.gzip(SmallSets.tar(complete()));
    Path cut = Files.write(folder.resolve(Cifar.ARCHIVE), Arrays.copyOf(bytes, bytes.length / 2));
    refused(cut, "cannot be read as a tar archive");
  }

  /// A GNU long name is read into memory whole, whatever its length; packed, 1 GiB is 1 MiB.
  @Test
  void aLongNameOfAnyLengthIsNotRead() throws IOException {
    byte[] bomb = Arrays.copyOf(header("x", 'L', 1 << 30), 8 << 20);
    Path archive = Files.write(folder.resolve("bomb.tar.gz"), SmallSets.gzip(bomb));
    refused(archive, "a header is longer than 65536 bytes");
  }

  /// The 512 bytes before a file in a tar archive, with a type and size of our choice.
  private static byte[] header(String name, char type, int size) {
    byte[] header = Arrays.copyOf(SmallSets.tar(Map.of(name, new byte[0])), 512);
    header[156] = (byte) type;
    byte[] octal = "%011o ".formatted(size).getBytes(US_ASCII);
    System.arraycopy(octal, 0, header, 124, octal.length);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xFF;
    }
    System.arraycopy("%06o\0 ".formatted(sum).getBytes(US_ASCII), 0, header, 148, 8);
    return header;
  }

  private static void refused(Path source, String fault) {
    Refusal.of(() -> Cifar.read(source), fault, source.getFileName().toString());
  }
}
