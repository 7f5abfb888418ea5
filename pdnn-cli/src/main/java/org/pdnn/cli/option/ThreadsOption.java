package org.pdnn.cli.option;

import org.pdnn.sampling.Workers;
import picocli.CommandLine.Option;

/// `--threads` of a command whose answer does not depend on them.
@Heading("Seed and threads")
public final class ThreadsOption {
  @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  public int count() {
    return threads;
  }
}
