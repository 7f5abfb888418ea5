package org.pdnn.cli.input;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import picocli.CommandLine.Option;

/// `--neuron` of commands that measure a model with other neurons than it was trained with.
@Heading("Model")
public final class NeuronOption {
  @Option(
      names = "--neuron",
      paramLabel = "NEURON",
      description =
          "Replace every hidden neuron by this one, as in pbit:tanh for a network trained with"
              + " tanh; nothing is retrained.")
  private @Nullable Neuron neuron;

  /// A network with that neuron, or as it is.
  public Network in(Network network) {
    Optional<Neuron> given = Optional.ofNullable(neuron);
    return given.map(other -> network.withHiddenNeurons(_ -> other)).orElse(network);
  }

  /// What results call a model that was measured so.
  public String named(ModelFile model) {
    return MeasuredNetworks.name(model.path(), neuron == null ? null : neuron.toString());
  }
}
