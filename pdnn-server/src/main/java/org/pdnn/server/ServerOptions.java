package org.pdnn.server;

import java.time.Duration;
import java.util.Optional;
import org.pdnn.energy.Technology;
import org.pdnn.names.Limits;
import org.pdnn.sampling.Workers;

/// Where a server listens, and how much it takes on.
///
/// @param host an address of this machine
/// @param port 0 for any that is free
/// @param threads that run passes
/// @param technology what energies are predicted for
/// @param access who may ask
/// @param bounds on requests
/// @param page HTML that is shown at `/`
/// @param pictures reads pictures that are sent instead of tensors
public record ServerOptions(
    String host,
    int port,
    int threads,
    Technology technology,
    Access access,
    Bounds bounds,
    Optional<String> page,
    Optional<PictureReader> pictures) {
  /// Bounds on requests, beyond which they are refused.
  ///
  /// @param samples T of a request
  /// @param inputs of a request
  /// @param bodyBytes of a request
  /// @param allBodyBytes of requests that are read and answered at the same time
  /// @param mostWait that a request without a deadline may be kept waiting by others; without it,
  ///   64 requests may be in work
  /// @param connections that are open
  /// @param sendSeconds that a request may take to come, and a connection to send anything
  public record Bounds(
      int samples,
      int inputs,
      int bodyBytes,
      int allBodyBytes,
      Optional<Duration> mostWait,
      int connections,
      int sendSeconds) {
    public static final Bounds DEFAULT =
        new Bounds(4096, 1024, 16 << 20, 128 << 20, Optional.empty(), 1024, 60);

    public Bounds {
      Limits.atLeast("samples", 1, samples);
      Limits.atLeast("inputs", 1, inputs);
      Limits.atLeast("bytes of a body", 1, bodyBytes);
      Limits.atLeast("bytes of all bodies", bodyBytes, allBodyBytes);
      Limits.atLeast("connections", 1, connections);
      Limits.atLeast("seconds to send", 1, sendSeconds);
    }

    /// The same with another wait.
    public Bounds waiting(Duration most) {
      return new Bounds(
          samples, inputs, bodyBytes, allBodyBytes, Optional.of(most), connections, sendSeconds);
    }
  }

  public ServerOptions {
    Limits.between("port", 0, 65_535, port);
    Limits.atLeast("threads", 1, threads);
  }

  /// This machine alone, at a free port, with all processors.
  public static ServerOptions local() {
    return new ServerOptions(
        "127.0.0.1",
        0,
        Workers.all(),
        Technology.named("sram65"),
        Access.OPEN,
        Bounds.DEFAULT,
        Optional.empty(),
        Optional.empty());
  }

  /// The same within other bounds.
  public ServerOptions within(Bounds others) {
    return new ServerOptions(host, port, threads, technology, access, others, page, pictures);
  }

  /// The same with another number of threads.
  public ServerOptions withThreads(int others) {
    return new ServerOptions(host, port, others, technology, access, bounds, page, pictures);
  }

  /// The same for others.
  public ServerOptions with(Access others) {
    return new ServerOptions(host, port, threads, technology, others, bounds, page, pictures);
  }

  /// The same with a page.
  public ServerOptions showing(String html) {
    return new ServerOptions(
        host, port, threads, technology, access, bounds, Optional.of(html), pictures);
  }

  /// The same with pictures.
  public ServerOptions reading(PictureReader others) {
    return new ServerOptions(
        host, port, threads, technology, access, bounds, page, Optional.of(others));
  }
}
