package org.pdnn.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Fetches published files over HTTP, resumes what was interrupted, and trusts only the checksum.
///
/// The bytes gather in `NAME.part` beside the file. The part stays when an attempt breaks off, and
/// the next one, on whichever mirror, asks for the rest of it. The file appears under its own name
/// only once its SHA-256 is right.
public final class Download {
  /// Names the environment variable with a mirror of the user's own, asked before the published
  /// ones: with `PDNN_MIRROR=https://host/sets`, for `https://host/sets/mnist/NAME` and
  /// `https://host/sets/cifar10/NAME`.
  public static final String MIRROR_VARIABLE = "PDNN_MIRROR";

  private final List<URI> mirrors;
  private final Duration patience;
  private final Progress progress;

  /// Told how far a download is.
  @FunctionalInterface
  public interface Progress {
    /// Reports nothing.
    Progress NONE = (file, done, total) -> {};

    /// Called for every piece that arrives.
    ///
    /// @param file name of the file
    /// @param done bytes that have arrived, those of earlier attempts included
    /// @param total bytes of the whole file
    void arrived(String file, long done, long total);
  }

  /// @param mirrors folders to ask before the published ones, each address ending with `/`
  /// @param patience how long a server may take to answer, and for each 256 KiB of the file
  Download(List<URI> mirrors, Duration patience, Progress progress) {
    this.mirrors = List.copyOf(mirrors);
    this.patience = patience;
    this.progress = progress;
  }

  /// Asks the mirror that the environment names, if any, then the published ones.
  ///
  /// @throws IllegalArgumentException if `PDNN_MIRROR` is not an address
  public static Download fromEnvironment(Progress progress) {
    String mirror = System.getenv(MIRROR_VARIABLE);
    List<URI> mirrors = mirror == null || mirror.isBlank() ? List.of() : List.of(mirror(mirror));
    return new Download(mirrors, Duration.ofSeconds(30), progress);
  }

  /// A folder's address from what a user wrote.
  static URI mirror(String text) {
    String rule = "%s must be an address as in https://host/sets, got '%s'";
    try {
      String folder = text.strip();
      URI address = URI.create(folder.endsWith("/") ? folder : folder + "/");
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(rule.formatted(MIRROR_VARIABLE, text), e);
    }
    throw new IllegalArgumentException(rule.formatted(MIRROR_VARIABLE, text));
  }

  /// Brings a file into a folder, which is made if needed; nothing happens if it is there already.
  ///
  /// @throws IOException if every mirror failed; the message lists them with the reason of each
  void fetch(PublishedFile file, Path folder) throws IOException {
    Path target = folder.resolve(file.name());
    if (Files.exists(target)) {
      return;
    }
    Files.createDirectories(folder);
    PartialFile part = new PartialFile(file, target);
    List<String> failures = new ArrayList<>();
    HttpClient client = client();
    try {
      for (URI address : addresses(file)) {
        boolean continues = part.size() > 0;
        if (attempt(client, address, part, failures)) {
          return;
        }
        // A mirror that would not continue, or showed the part to be useless, may send the whole.
        if (continues && part.size() == 0 && attempt(client, address, part, failures)) {
          return;
        }
      }
    } finally {
      client.shutdownNow();
    }
    throw new IOException(String.join("; ", failures));
  }

  private boolean attempt(HttpClient client, URI address, PartialFile part, List<String> failures)
      throws InterruptedIOException {
    try {
      part.complete(client, address, patience, progress);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failures.add(address + " " + e.getMessage());
    }
    // Channels and bodies answer an interruption with IOExceptions of their own.
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(
          "the download of %s was interrupted; the next one continues it".formatted(address));
    }
    return false;
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(patience)
        .build();
  }

  private List<URI> addresses(PublishedFile file) {
    List<URI> addresses = new ArrayList<>();
    mirrors.forEach(mirror -> addresses.add(mirror.resolve(file.set() + "/" + file.name())));
    file.folders().forEach(folder -> addresses.add(folder.resolve(file.name())));
    return addresses;
  }
}
