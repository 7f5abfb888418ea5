package org.pdnn.cli.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.input.InputFormOptions;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.Heading;
import org.pdnn.convert.Source;
import org.pdnn.data.Images;
import org.pdnn.data.InputImages;
import org.pdnn.files.InputFile;
import org.pdnn.ising.learning.HiddenLayer;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.ising.learning.RbmFile;
import org.pdnn.names.Counted;
import org.pdnn.network.Activation;
import org.pdnn.network.FileKind;
import org.pdnn.network.InputForm;
import org.pdnn.network.InputForm.Axes;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Shape;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The network to convert: its file and, where that holds tensors alone, its architecture.
@Heading("Network")
final class SourceOptions {
  @Parameters(
      paramLabel = "FILE",
      description =
          "An ONNX model, a state dictionary (.safetensors, .npz), a model file of pdnn, or a"
              + " restricted Boltzmann machine with labels.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  Path file;

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      paramLabel = "NETWORK|FILE",
      description =
          "The architecture of a state dictionary: mlp:784-64-32-10 with any sizes, vgg5, resnet8"
              + " or another (pdnn list models), or a JSON file (see docs/how-to).")
  private @Nullable String network;

  @Option(
      names = "--neuron",
      paramLabel = "NEURON",
      description =
          "The activation that a preset was trained with: tanh, sigmoid, relu, clip; pbit:tanh"
              + " means the same (default: the most accurate one on the calibration images).")
  private @Nullable String neuron;

  @Mixin private final InputFormOptions pixels = new InputFormOptions();

  @Option(
      names = "--axes",
      paramLabel = "channels-first|channels-last",
      description =
          "The order in which the network reads an image's values (default: what the shape of its"
              + " input says, else channels first).")
  private @Nullable String axes;

  /// How the network reads images: as asked for, else as its file and the shape of its input say.
  ///
  /// @param images what it reads, if known
  InputForm form(Source source, Optional<Images> images) {
    InputForm form = pixels.given() ? pixels.form() : source.input();
    if (axes != null) {
      return form.withAxes(Axes.parse(axes));
    }
    return images
        .flatMap(all -> InputImages.axes(source.network().input(), all.shape()))
        .map(form::withAxes)
        .orElse(form.withAxes(source.input().axes()));
  }

  /// Reads the network.
  ///
  /// @param images what it reads and classifies, if known
  InputFile.Hashed<Source> open(Optional<Images> images) throws IOException {
    return InputFile.unchanged(file, path -> read(path, images));
  }

  private Source read(Path path, Optional<Images> images) throws IOException {
    if (network == null) {
      Optional<Network> machine = machine(path, images);
      return machine.isPresent()
          ? new Source(
              machine.get(),
              List.of(),
              List.of("The machine's weights of labels are the last layer."),
              InputForm.PIXELS,
              Optional.empty())
          : Source.read(path);
    }
    if (described(network)) {
      return Source.read(path, Path.of(network));
    }
    return Source.read(path, preset(network, images));
  }

  /// The classifier that a restricted Boltzmann machine holds, if the file is of one.
  private static Optional<Network> machine(Path path, Optional<Images> images) throws IOException {
    if (FileKind.of(path) != FileKind.SAFETENSORS) {
      return Optional.empty();
    }
    Safetensors contents = Safetensors.read(path);
    if (!RbmFile.described(contents)) {
      return Optional.empty();
    }
    Rbm rbm = RbmFile.of(path, contents).rbm();
    Shape input = images.map(Images::shape).orElse(Shape.of(rbm.pixels()));
    return Optional.of(HiddenLayer.classifier(rbm, input).deterministicTwin());
  }

  /// Whether the file, the architecture or the user says which activation the weights were trained
  /// with.
  boolean activationIsKnown() {
    return network == null || neuron != null || described(network);
  }

  /// Whether an architecture is a JSON file, which names its neurons.
  private static boolean described(String architecture) {
    return architecture.endsWith(".json") || Files.isRegularFile(Path.of(architecture));
  }

  private Network preset(String name, Optional<Images> images) {
    Neuron activation =
        neuron == null
            ? Neuron.deterministic(Activation.TANH)
            : Neuron.deterministic(Neuron.parse(neuron).activation());
    if (images.isPresent()) {
      Shape shape = images.get().shape();
      boolean last = axes != null && Axes.parse(axes) == Axes.CHANNELS_LAST;
      int classes = images.get().classes();
      int outputs = classes == 2 && name.endsWith("-1") ? 1 : classes;
      return Preset.network(name, last ? Shape.of(shape.size()) : shape, outputs, activation);
    }
    return Preset.network(name, activation);
  }

  /// Refuses images that have other classes than a network has outputs.
  static void requireFit(Source read, Images images) {
    if (read.network().output().size() != images.classes()) {
      throw new IllegalArgumentException(
          "the network has %s, the images have %s; choose other data, or convert"
                  .formatted(
                      Counted.of(read.network().output().size(), "output"),
                      Counted.of(images.classes(), "class"))
              + " without any by --unmeasured");
    }
  }
}
