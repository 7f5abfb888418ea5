package org.pdnn.cli.option;

import picocli.CommandLine.Option;

/// `--seed`: where every random word comes from.
@Heading("Seed and threads")
public final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  public long value() {
    return seed;
  }
}
