package org.pdnn.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.convert.Source;
import org.pdnn.names.Nearest;
import org.pdnn.network.FileKind;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Outline;
import org.pdnn.network.Preset;

/// A network as an argument: a model file, an ONNX model, an architecture in JSON, or a preset.
///
/// @param name of the file without its folder, or of the preset
/// @param remarks what was left out or taken otherwise in reading, a sentence each
public record NamedNetwork(String name, Network network, List<String> remarks) {
  private static final Neuron USUAL = Neuron.parse("pbit:sigmoid");

  public NamedNetwork {
    remarks = List.copyOf(remarks);
  }

  /// The network that an argument means.
  ///
  /// @param others names that mean something else where this is asked for, for messages
  /// @throws IOException in one sentence if a file cannot be read
  /// @throws IllegalArgumentException if it is none of these
  public static NamedNetwork of(String model, List<String> others) throws IOException {
    Path file = Path.of(model);
    if (model.endsWith(".json")) {
      return new NamedNetwork(name(file), network(Outline.read(file), file), List.of());
    }
    if (Files.exists(file) || model.endsWith(".safetensors") || model.endsWith(".onnx")) {
      if (FileKind.of(file) != FileKind.ONNX) {
        return new NamedNetwork(name(file), Model.read(file).network(), List.of());
      }
      Source read = Source.read(file);
      return new NamedNetwork(name(file), read.network(), read.remarks());
    }
    if (Preset.known(model)) {
      return new NamedNetwork(model, Preset.network(model, USUAL), List.of());
    }
    List<String> names = new ArrayList<>(others);
    names.addAll(Preset.FORMS);
    throw new IllegalArgumentException(
        "'%s' is neither a file nor a network known by name%s; use %smlp:784-64-10, vgg5, a model file, an ONNX model%s"
            .formatted(
                model,
                Nearest.suggestion(model, names),
                others.isEmpty() ? "" : String.join(", ", others) + ", ",
                others.isEmpty()
                    ? " or an architecture in JSON"
                    : ", an architecture in JSON or the config.json of a language model"));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Network network(Outline outline, Path file) throws IOException {
    try {
      return outline.network();
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
