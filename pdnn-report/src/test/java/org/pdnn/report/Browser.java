package org.pdnn.report;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A Chromium without a screen.
record Browser(Path executable) {
  /// Generous: a busy machine may take a minute to start a dozen processes.
  private static final int SECONDS = 120;

  /// What a page became: its document, and what the browser wrote about it.
  record Visit(String document, List<String> console) {}

  /// The first of the usual names on the PATH.
  static Optional<Browser> find() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name -> Arrays.stream(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /// Opens a page in a frame and waits until it posts its document to its parent, however long
  /// drawing, saving and reading take. The page itself may ask for nothing, so the parent hands the
  /// document on.
  Visit open(Path page, int width, Path folder) throws Exception {
    Path log = Files.createTempFile(folder, "browser", ".log");
    CompletableFuture<String> document = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
          document.complete(new String(body, StandardCharsets.UTF_8));
        });
    server.start();
    Path frame = Files.createTempFile(folder, "frame", ".html");
    Files.writeString(
        frame,
        """
        <!DOCTYPE html><body><iframe src="%s" width="%d" height="2400"></iframe><script>
        onmessage = (event) =>
          fetch("http://127.0.0.1:%d/", { method: "POST", mode: "no-cors", body: event.data });
        </script>
        """
            .formatted(page.toUri(), width, server.getAddress().getPort()));
    Process process = start(frame, log, folder);
    try {
      String found = document.get(SECONDS, TimeUnit.SECONDS);
      return new Visit(found, console(log));
    } catch (TimeoutException e) {
      throw new IOException(
          "the page posted nothing within %d seconds; the browser wrote %s"
              .formatted(SECONDS, console(log)),
          e);
    } catch (ExecutionException e) {
      throw new IOException("the page could not be received", e);
    } finally {
      server.stop(0);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static List<String> console(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE")).toList();
  }

  private Process start(Path page, Path log, Path folder) throws IOException {
    return new ProcessBuilder(
            executable.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--enable-logging=stderr",
            "--window-size=1300,2500",
            page.toUri().toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(log.toFile())
        .start();
  }
}
