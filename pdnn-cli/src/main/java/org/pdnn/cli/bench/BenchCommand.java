package org.pdnn.cli.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.pdnn.evaluation.Environment;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.report.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pdnn bench`: speeds as ratios, measured side by side in one run.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Compare speeds in one run.",
    subcommands = {
      BenchInferenceCommand.class,
      BenchTrainingCommand.class,
      BenchEnergyCommand.class,
      BenchServingCommand.class,
      BenchIsingCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  pdnn bench inference --network vgg5 --batch 64",
      "  pdnn bench training --network vgg5 --samples 10",
      "  pdnn bench energy",
      "  pdnn bench serving --network mlp:784-256-128-10",
      "  pdnn bench ising glass:64x64"
    })
public final class BenchCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// A preset with weights to start from, of the inputs and classes that are its own.
  ///
  /// @param neuron every hidden neuron
  static Network untrained(String preset, Neuron neuron, long seed) {
    return InitialWeights.GLOROT.of(Preset.network(preset, neuron), seed);
  }

  /// Notes where and when a speed was measured.
  static Document machine(Document document) {
    return document
        .provenance("processors", Environment.here().processors())
        .provenance("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
