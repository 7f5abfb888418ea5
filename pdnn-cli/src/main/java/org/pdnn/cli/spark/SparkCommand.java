package org.pdnn.cli.spark;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pdnn spark`: jobs of Apache Spark.
@Command(
    name = "spark",
    mixinStandardHelpOptions = true,
    description = "Run jobs on Apache Spark.",
    subcommands = {SparkScoreCommand.class, SparkSweepCommand.class},
    footer = {
      "",
      "Examples:",
      "  pdnn spark score p5.safetensors images.parquet --key id --out scored",
      "  pdnn spark sweep fig4a --budget standard --out figures"
    })
public final class SparkCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
