package org.pdnn.cli.evaluate;

import org.pdnn.cli.option.Heading;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import picocli.CommandLine.Option;

/// What is averaged over the samples, and where.
@Heading("Sampling")
final class AveragingOptions {
  @Option(
      names = "--average",
      paramLabel = "end|layer",
      defaultValue = "end",
      description = "Where samples are averaged: at the end, or after each layer (default: end).")
  Averaging averaging = Averaging.END;

  @Option(
      names = "--outputs",
      paramLabel = "logits|probabilities",
      defaultValue = "logits",
      description = "What is averaged (default: logits).")
  Outputs outputs = Outputs.LOGITS;
}
