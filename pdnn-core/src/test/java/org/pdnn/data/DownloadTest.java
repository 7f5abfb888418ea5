package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.files.Sha256;

class DownloadTest {
  private static final byte[] CONTENT = SmallSets.ramp(300_000);
  private static final String SHA256 = HexFormat.of().formatHex(Sha256.digest().digest(CONTENT));

  @TempDir private Path folder;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String base;

  /// What a server does with one request.
  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    base = "http://localhost:" + server.getAddress().getPort();
    mirror("/whole/", exchange -> send(exchange, 200, CONTENT));
    mirror("/ranges/", DownloadTest::sendRange);
    mirror("/absent/", exchange -> send(exchange, 404, new byte[0]));
    mirror("/other/", exchange -> send(exchange, 200, new byte[CONTENT.length]));
    mirror("/long/", exchange -> send(exchange, 200, Arrays.copyOf(CONTENT, 400_000)));
    mirror("/short/", exchange -> send(exchange, 200, Arrays.copyOf(CONTENT, 1000)));
    mirror("/refuses-ranges/", DownloadTest::refuseRange);
    mirror("/cut/", exchange -> sendAndHangUp(exchange, 100_000));
    mirror("/page/", exchange -> send(exchange, 200, new byte[5000]));
    mirror("/trickles/", DownloadTest::trickle);
    mirror("/stalls/", exchange -> sendAndWait(exchange, 70_000));
    mirror("/moved/", exchange -> redirect(exchange, base + "/whole/set.bin"));
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void mirror(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void sendRange(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, CONTENT);
      return;
    }
    int start = Integer.parseInt(range.replaceAll("\\D", ""));
    exchange
        .getResponseHeaders()
        .set(
            "Content-Range", "bytes %d-%d/%d".formatted(start, CONTENT.length - 1, CONTENT.length));
    send(exchange, 206, Arrays.copyOfRange(CONTENT, start, CONTENT.length));
  }

  private static void refuseRange(HttpExchange exchange) throws IOException {
    boolean asked = exchange.getRequestHeaders().containsKey("Range");
    send(exchange, asked ? 416 : 200, asked ? new byte[0] : CONTENT);
  }

  private static void sendAndHangUp(HttpExchange exchange, int length) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(CONTENT, 0, length);
    exchange.getResponseBody().flush();
  }

  /// A hundred bytes every 20 ms, until the reader is gone.
  private static void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    try {
      for (int at = 0; at < CONTENT.length; at += 100) {
        exchange.getResponseBody().write(CONTENT, at, 100);
        exchange.getResponseBody().flush();
        Thread.sleep(Duration.ofMillis(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendAndWait(HttpExchange exchange, int length) throws IOException {
    sendAndHangUp(exchange, length);
    try {
      Thread.sleep(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().set("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  private PublishedFile published(String... mirrors) {
    List<URI> folders =
        Arrays.stream(mirrors)
            .map(mirror -> URI.create(mirror.startsWith("http") ? mirror : base + mirror))
            .toList();
    return new PublishedFile("set", "set.bin", CONTENT.length, SHA256, folders);
  }

  private static Download download(int patience) {
    return new Download(List.of(), Duration.ofSeconds(patience), Download.Progress.NONE);
  }

  private static Download download() {
    return download(20);
  }

  private void fetch(String... mirrors) throws IOException {
    fetch(download(), mirrors);
  }

  private void fetch(Download download, String... mirrors) throws IOException {
    download.fetch(published(mirrors), folder);
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("set.bin")));
    assertFalse(Files.exists(part()));
  }

  private Path part() {
    return folder.resolve("set.bin.part");
  }

  private void alreadyArrived(int length) throws IOException {
    Files.write(part(), Arrays.copyOf(CONTENT, length));
  }

  @Test
  void theFileArrivesWholeAndProgressIsTold() throws IOException {
    List<Long> told = new ArrayList<>();
    Path deep = folder.resolve("a/b");
    new Download(
            List.of(),
            Duration.ofSeconds(5),
            (file, done, total) -> {
              assertEquals("set.bin", file);
              assertEquals(CONTENT.length, total);
              told.add(done);
            })
        .fetch(published("/whole/"), deep);
    assertArrayEquals(CONTENT, Files.readAllBytes(deep.resolve("set.bin")));
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(CONTENT.length, told.getLast());
  }

  @Test
  void aFileThatIsThereIsNotAskedFor() throws IOException {
    Files.write(folder.resolve("set.bin"), new byte[] {1});
    download().fetch(published("/whole/"), folder);
    assertEquals(List.of(), requests);
  }

  @Test
  void whatArrivedEarlierIsNotAskedForAgain() throws IOException {
    alreadyArrived(123_456);
    fetch("/ranges/");
    assertEquals(List.of("/ranges/set.bin bytes=123456-"), requests);
  }

  @Test
  void aServerThatIgnoresTheRangeSendsTheWholeFile() throws IOException {
    alreadyArrived(1000);
    fetch("/whole/");
    assertEquals(List.of("/whole/set.bin bytes=1000-"), requests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cut/", "/page/"})
  void whatArrivedIsKeptWhenAServerIgnoresTheRangeAndFails(String bad) throws IOException {
    alreadyArrived(200_000);
    fetch(bad, "/ranges/");
    assertEquals("/ranges/set.bin bytes=200000-", requests.getLast());
  }

  @Test
  void aServerThatTricklesIsLeftAfterAWhile() throws IOException {
    fetch(download(1), "/trickles/", "/ranges/");
    assertTrue(requests.getLast().startsWith("/ranges/set.bin bytes="), requests.toString());
  }

  @Test
  void aServerThatRefusesTheRangeIsAskedForTheWholeFile() throws IOException {
    alreadyArrived(1000);
    fetch("/refuses-ranges/");
    assertEquals(
        List.of("/refuses-ranges/set.bin bytes=1000-", "/refuses-ranges/set.bin"), requests);
  }

  @Test
  void aCompletePartIsOnlyChecked() throws IOException {
    alreadyArrived(CONTENT.length);
    fetch("/absent/");
    assertEquals(List.of(), requests);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 300_000, 300_001})
  void aPartOfAnotherFileIsThrownAwayAndTheSameMirrorAskedAgain(int length) throws IOException {
    Files.write(part(), new byte[length]);
    fetch("/ranges/");
    assertEquals("/ranges/set.bin", requests.getLast());
  }

  @Test
  void theNextMirrorContinuesWhatAnotherBrokeOff() throws IOException {
    fetch("/cut/", "/ranges/");
    assertEquals("/cut/set.bin", requests.getFirst());
    assertTrue(requests.getLast().startsWith("/ranges/set.bin bytes="), requests.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/absent/", "/other/", "/long/", "/short/", "/cut/"})
  void anyFailureTurnsToTheNextMirror(String bad) throws IOException {
    fetch(bad, "/whole/");
  }

  @Test
  void aRedirectIsFollowed() throws IOException {
    fetch("/moved/");
  }

  @Test
  void aSilentServerIsLeftAfterAWhile() throws IOException {
    fetch(download(3), "/stalls/", "/ranges/");
    assertTrue(requests.getLast().startsWith("/ranges/set.bin bytes="), requests.toString());
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String gone = "http://localhost:" + closed + "/x/";
    Refusal.of(() -> download().fetch(published(gone), folder), gone + "set.bin cannot be reached");
    fetch(gone, "/whole/");
  }

  @Test
  void everyMirrorsFailureIsTold() {
    Refusal.of(
        () -> download().fetch(published("/absent/", "/other/", "/short/"), folder),
        base + "/absent/set.bin answered with status 404; ",
        base + "/other/set.bin sent other bytes than were published (SHA-256 ",
        base + "/short/set.bin broke off after 1000 of 300000 bytes");
    assertFalse(Files.exists(folder.resolve("set.bin")));
    assertTrue(Files.exists(part()), "what arrived last stays for the next attempt");
  }

  @Test
  void wrongBytesAreNotKept() {
    Refusal.of(() -> download().fetch(published("/other/"), folder));
    Refusal.of(() -> download().fetch(published("/long/"), folder), "more than the 300000 bytes");
    assertFalse(Files.exists(part()));
  }

  @Test
  void aPartThatAnotherRunWritesIsLeftAlone() throws IOException {
    alreadyArrived(1000);
    try (FileChannel other = FileChannel.open(part(), StandardOpenOption.WRITE)) {
      other.lock();
      Refusal.of(
          () -> download().fetch(published("/whole/"), folder), "another run is downloading");
      assertEquals(1000, Files.size(part()));
    }
  }

  @Test
  void anInterruptionEndsTheDownloadAndStaysSet() {
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedIOException.class, () -> download().fetch(published("/whole/"), folder));
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mine", "/mine/", "/mine/ "})
  void theUsersMirrorIsAskedFirstWithTheSetsFolder(String path) throws IOException {
    URI mine = Download.mirror(base + path);
    mirror("/mine/", exchange -> send(exchange, 404, new byte[0]));
    new Download(List.of(mine), Duration.ofSeconds(5), Download.Progress.NONE)
        .fetch(published("/whole/"), folder);
    assertEquals(List.of("/mine/set/set.bin", "/whole/set.bin"), requests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host/sets", "ftp://host/", "http://ho st/", "file:///etc"})
  void aMirrorThatIsNoAddressIsRefused(String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> Download.mirror(text));
    assertEquals(
        "PDNN_MIRROR must be an address as in https://host/sets, got '" + text + "'",
        e.getMessage());
  }

  @Test
  void thePublishedFilesAreKnownByChecksum() {
    assertEquals(4, PublishedFile.mnist().size());
    assertEquals(170_052_171, PublishedFile.cifar10().size());
    assertThrows(
        IllegalArgumentException.class,
        () -> new PublishedFile("s", "n", 1, "abc".repeat(10), List.of()));
  }
}
