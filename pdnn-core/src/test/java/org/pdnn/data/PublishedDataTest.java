package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.Shape;

/// The published sets themselves, where the environment variable PDNN_DATA names a folder with
/// them.
class PublishedDataTest {
  private static final Digits.Sizes UNUSED = new Digits.Sizes(1, 1, 1);

  /// The folder with the sets; the test is skipped if it is not given or lacks this one.
  private static Path dataWith(String set) {
    String folder = System.getenv("PDNN_DATA");
    assumeTrue(folder != null, "PDNN_DATA names no folder with the published data sets");
    assumeTrue(
        Files.isDirectory(Path.of(String.valueOf(folder), set)),
        "the folder of PDNN_DATA has no folder " + set);
    return Path.of(String.valueOf(folder));
  }

  private static DataSet open(String name, String folder) throws IOException {
    return DataSets.open(
        name, dataWith(folder), UNUSED, Download.fromEnvironment(Download.Progress.NONE));
  }

  @Test
  void mnistHas60000And10000ImagesAndBeginsWith50419() throws IOException {
    DataSet mnist = open("mnist", "mnist");
    assertEquals(60_000, mnist.training().count());
    assertEquals(10_000, mnist.test().count());
    assertEquals(Shape.of(1, 28, 28), mnist.training().shape());
    int[] first = IntStream.range(0, 5).map(mnist.training()::label).toArray();
    assertArrayEquals(new int[] {5, 0, 4, 1, 9}, first);
    assertEquals(7, mnist.test().label(0));
  }

  @Test
  void mnistIsDownloadedFromAMirrorAndItsChecksumsHold(@TempDir Path empty) throws IOException {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            dataWith("mnist").toAbsolutePath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      URI mirror = Download.mirror("http://localhost:" + server.getAddress().getPort());
      Download download =
          new Download(List.of(mirror), Duration.ofSeconds(30), Download.Progress.NONE);
      DataSet mnist = DataSets.open("mnist", empty, UNUSED, download);
      assertEquals(60_000, mnist.training().count());
      assertEquals(mnist.test().sha256(), open("mnist", "mnist").test().sha256());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void cifar10HoldsOutABatchWhereTheTestBatchIsAbsent() throws IOException {
    Path folder = dataWith("cifar10").resolve("cifar10");
    boolean published = Files.exists(folder.resolve("test_batch.bin"));
    DataSet cifar10 = open("cifar10", "cifar10");
    assertEquals(published ? 50_000 : 40_000, cifar10.training().count());
    assertEquals(10_000, cifar10.test().count());
    assertEquals(published, cifar10.note().isEmpty());
    assertEquals(Shape.of(3, 32, 32), cifar10.test().shape());
    int[] first = IntStream.range(0, 5).map(cifar10.training()::label).toArray();
    assertArrayEquals(new int[] {6, 9, 9, 4, 1}, first);
  }

  @Test
  void celebaIsOneClassWithTheSplitOfItsList() throws IOException {
    DataSet faces = open("celeba", "celeba64");
    assertEquals(1, faces.training().classes());
    assertEquals(3, faces.training().shape().dimension(0));
    assertTrue(faces.training().count() > faces.test().count());
    assertTrue(faces.note().endsWith("validation images of list.csv are left out."), faces.note());
  }
}
