package org.pdnn.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.pdnn.files.AtomicFile;
import org.pdnn.files.Sha256;

/// A download in progress: the bytes of a published file that have arrived, in `NAME.part`.
///
/// Failures are IOExceptions whose messages continue a sentence that begins with the address.
final class PartialFile {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final PublishedFile file;
  private final Path target;
  private final Path part;

  /// @param target where the complete file shall lie
  PartialFile(PublishedFile file, Path target) {
    this.file = file;
    this.target = target;
    this.part = target.resolveSibling(file.name() + ".part");
  }

  /// Bytes that have arrived.
  long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /// Fetches what is missing, checks the whole and renames it.
  ///
  /// @throws IOException if it is not complete; the part stays for the next attempt unless it is
  ///   known to be useless
  void complete(HttpClient client, URI address, Duration patience, Download.Progress progress)
      throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel);
      if (channel.size() < file.size()) {
        receive(client, address, channel, patience, progress);
      }
      channel.force(true);
    }
    String sha256 = Sha256.of(part);
    if (!sha256.equals(file.sha256())) {
      Files.delete(part);
      throw new IOException(
          "sent other bytes than were published (SHA-256 %s, expected %s)"
              .formatted(sha256, file.sha256()));
    }
    AtomicFile.moveInto(part, target);
  }

  private void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process; told below as for another process.
    }
    throw new IOException("is not asked because another run is downloading " + part);
  }

  private void receive(
      HttpClient client,
      URI address,
      FileChannel channel,
      Duration patience,
      Download.Progress progress)
      throws IOException, InterruptedException {
    long start = channel.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (start > 0) {
      request.header("Range", "bytes=%s-".formatted(start));
    }
    HttpResponse<InputStream> response = send(client, request.build(), patience);
    try (InputStream body = response.body()) {
      // What has arrived is written over, not cut off, when a server sends the whole file again.
      channel.position(start(response, start));
      try (ReadTimeout watch = new ReadTimeout(body, patience)) {
        append(body, channel, watch, progress);
      }
    }
  }

  private static HttpResponse<InputStream> send(
      HttpClient client, HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new IOException("cannot be reached", e);
    } catch (HttpTimeoutException e) {
      throw new IOException("did not answer in %s s".formatted(patience.toSeconds()), e);
    } catch (IOException e) {
      throw new IOException("broke the connection (%s)".formatted(e.getMessage()), e);
    }
  }

  /// The byte of the file with which the response begins.
  private long start(HttpResponse<InputStream> response, long asked) throws IOException {
    int status = response.statusCode();
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (status == PARTIAL_CONTENT && range.startsWith("bytes %s-".formatted(asked))) {
      return asked;
    }
    if (status == OK) {
      long length = response.headers().firstValueAsLong("Content-Length").orElse(file.size());
      if (asked > 0 && length != file.size()) {
        throw new IOException("answered with %s bytes, not %s".formatted(length, file.size()));
      }
      return 0;
    }
    if (status == RANGE_NOT_SATISFIABLE || status == PARTIAL_CONTENT) {
      Files.delete(part);
      throw new IOException("cannot continue from byte %s".formatted(asked));
    }
    throw new IOException("answered with status %s".formatted(status));
  }

  private void append(
      InputStream body, FileChannel channel, ReadTimeout watch, Download.Progress progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = channel.position();
    try {
      for (int read; (read = body.read(buffer)) >= 0; ) {
        watch.rewarded(read);
        done += read;
        if (done > file.size()) {
          break;
        }
        channel.write(ByteBuffer.wrap(buffer, 0, read));
        progress.arrived(file.name(), done, file.size());
      }
    } catch (IOException e) {
      throw new IOException(
          "broke off after %s of %s bytes (%s)".formatted(done, file.size(), e.getMessage()), e);
    }
    if (done > file.size()) {
      Files.delete(part);
      throw new IOException("sent more than the %s bytes published".formatted(file.size()));
    }
    if (done < file.size()) {
      throw new IOException("broke off after %s of %s bytes".formatted(done, file.size()));
    }
  }
}
