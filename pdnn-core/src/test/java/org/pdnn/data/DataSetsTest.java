package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetsTest {
  private static final Digits.Sizes SMALL = new Digits.Sizes(4, 20, 10);

  @TempDir private Path folder;

  private DataSet open(String name) throws IOException {
    return DataSets.open(name, folder, SMALL, Download.fromEnvironment(Download.Progress.NONE));
  }

  private static void writeIdx(Path home) throws IOException {
    Files.createDirectories(home);
    Files.write(home.resolve("train-images-idx3-ubyte"), SmallSets.idxImages(3, 28, 28));
    Files.write(home.resolve("train-labels-idx1-ubyte"), SmallSets.idxLabels(1, 2, 3));
    Files.write(home.resolve("t10k-images-idx3-ubyte"), SmallSets.idxImages(1, 28, 28));
    Files.write(home.resolve("t10k-labels-idx1-ubyte"), SmallSets.idxLabels(4));
  }

  @ParameterizedTest
  @CsvSource({"digits", "Digits", "' digits '"})
  void digitsNeedNoFolder(String name) throws IOException {
    DataSet set = open(name);
    assertEquals(Digits.generate(SMALL).test().sha256(), set.test().sha256());
    assertEquals(20, set.training().count());
  }

  @Test
  void mnistLiesInItsFolderBelowTheDataFolder() throws IOException {
    writeIdx(folder.resolve("mnist"));
    DataSet set = open("mnist");
    assertEquals("mnist", set.name());
    assertEquals(3, set.training().count());
  }

  @Test
  void cifar10LiesInItsFolderBelowTheDataFolder() throws IOException {
    SmallSets.write(folder.resolve("cifar10"), SmallSets.cifarTraining());
    assertEquals(8, open("cifar10").training().count());
  }

  @Test
  void aFolderIsReadByWhatItHolds() throws IOException {
    writeIdx(folder.resolve("fashion"));
    assertEquals("fashion", open(folder.resolve("fashion").toString()).name());
    SmallSets.write(folder.resolve("batches"), SmallSets.cifarTraining());
    assertEquals(8, open(folder.resolve("batches").toString()).training().count());
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Refusal.of(() -> open(pictures.toString()), "pictures holds neither images nor a folder");
  }

  @Test
  void withoutNetworkOneSentenceSaysWhichFilesGoWhere() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    URI gone = URI.create("http://localhost:" + closed + "/published/");
    List<PublishedFile> set =
        List.of(
            new PublishedFile("set", "a.gz", 1, "0".repeat(64), List.of(gone)),
            new PublishedFile("set", "b.gz", 1, "0".repeat(64), List.of(gone)));
    Download download = new Download(List.of(), Duration.ofSeconds(5), Download.Progress.NONE);
    Path home = folder.resolve("set");
    String message = Refusal.of(() -> DataSets.fetch(set.getFirst(), set, home, download));
    assertEquals(
        ("cannot download a.gz (%sa.gz cannot be reached): put a.gz, b.gz into %s yourself,"
                + " published at %s, or use --data digits, which needs no download")
            .formatted(gone, home, gone),
        message);
  }

  @Test
  void celebaIsNeverDownloadedAndTheMessageSaysWhereItsImagesGo() {
    Refusal.of(
        () -> open("celeba"),
        folder.resolve("celeba64") + " is missing",
        "put its images, all of one size, into that folder",
        "--data digits, which needs no download");
  }

  @ParameterizedTest
  @CsvSource({
    "mnits, (did you mean 'mnist'?)",
    "cifar, (did you mean 'cifar10'?)",
    "digit, (did you mean 'digits'?)",
    "/no/such/folder, ''"
  })
  void anUnknownNameIsAnsweredWithTheNearestAndTheList(String name, String suggestion) {
    var e = assertThrows(IllegalArgumentException.class, () -> open(name));
    assertEquals(
        "unknown data set '%s'%s; use digits, mnist, cifar10, celeba or the path of a folder"
            .formatted(name, suggestion.isEmpty() ? "" : " " + suggestion),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "net.onnx, 'but 1 .onnx; net.onnx is a network'",
    "train.parquet, 'but 1 .parquet; write the images of train.parquet as pictures'",
    "cats.zip, 'but 1 .zip; unpack cats.zip and name its folder'",
    "data_batch_1, 'cifar-10-binary.tar.gz or cifar-100-binary.tar.gz from the same page'",
    "cifar-100-python.tar.gz, put the binary version there",
    "notes.txt, 'but 1 .txt; lay the images out as'"
  })
  void aFolderThatIsAlmostASetIsToldWhatToDo(String file, String advice) throws IOException {
    Path home = Files.createDirectory(folder.resolve("almost"));
    Files.write(home.resolve(file), new byte[9]);
    Refusal.of(() -> open(home.toString()), "almost holds neither images nor a folder", advice);
  }

  @Test
  void aFileInTheFoldersPlaceIsToldWhatToDo() throws IOException {
    Path zip = Files.write(folder.resolve("cats.zip"), new byte[9]);
    Refusal.of(
        () -> open(zip.toString()), "cats.zip is a file, and a data set is a folder; unpack");
  }

  @Test
  void anEmptyNameIsNotTheCurrentFolder() {
    assertThrows(IllegalArgumentException.class, () -> open(" "));
    assertThrows(IllegalArgumentException.class, () -> open("a\0b"));
  }
}
