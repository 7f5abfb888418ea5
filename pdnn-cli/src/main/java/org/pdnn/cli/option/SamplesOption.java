package org.pdnn.cli.option;

import java.util.List;
import picocli.CommandLine.Option;

/// `--samples` of a command that compares several T.
@Heading("Sampling")
public final class SamplesOption {
  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description = "Numbers of samples, as in 1,2,4 or 1..8 (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  /// In the order given.
  public List<Integer> counts() {
    return samples.values();
  }

  /// T of the last, usually the largest.
  public int last() {
    return samples.values().getLast();
  }
}
