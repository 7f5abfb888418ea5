package org.pdnn.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// The networks that results are about: model files, known by their hashes, with the neurons that
/// were put in for the measurement.
public final class MeasuredNetworks {
  private static final String WITH = " with ";

  private final Map<String, ModelFile> given = new HashMap<>();
  private final Map<String, Network> read = new HashMap<>();
  private final Map<String, String> trainings = new HashMap<>();

  /// @param files models that may lie elsewhere than where they were measured
  public MeasuredNetworks(List<Path> files) throws IOException {
    for (Path file : files) {
      ModelFile model = ModelFile.read(file);
      given.put(model.sha256(), model);
    }
  }

  /// What results call a model whose neurons were replaced, or not.
  public static String name(Path model, @Nullable String neuron) {
    return neuron == null ? model.toString() : model + WITH + neuron;
  }

  /// The network of a line.
  ///
  /// @throws IOException in one sentence if its file is missing or another one by now
  public Network of(ResultFile.Line line) throws IOException {
    Network network = named(line);
    return line.twin() ? network.deterministicTwin() : network;
  }

  /// What models that were trained alike, but for the seed, have in common.
  ///
  /// @throws IOException in one sentence if the model's file is missing or another one by now
  public String training(ResultFile.Line line) throws IOException {
    named(line);
    return Objects.requireNonNull(trainings.get(line.model() + line.provenance().modelSha256()));
  }

  /// The notes of a model's training without its seed; the file's hash where there are none.
  private static String training(ModelFile file) {
    Map<String, String> notes = file.model().notes();
    String training = notes.getOrDefault("training", "");
    return training.isEmpty()
        ? file.sha256()
        : notes.getOrDefault("network", "")
            + notes.getOrDefault("neuron", "")
            + training.replaceAll("seed=-?\\d+", "");
  }

  private Network named(ResultFile.Line line) throws IOException {
    Network known = read.get(line.model() + line.provenance().modelSha256());
    if (known != null) {
      return known;
    }
    int with = line.model().lastIndexOf(WITH);
    String file = with < 0 ? line.model() : line.model().substring(0, with);
    ModelFile model = model(file, line.provenance().modelSha256());
    Network network = model.network();
    trainings.put(line.model() + line.provenance().modelSha256(), training(model));
    if (with >= 0) {
      Neuron swapped = Neuron.parse(line.model().substring(with + WITH.length()));
      network = network.withHiddenNeurons(_ -> swapped);
    }
    read.put(line.model() + line.provenance().modelSha256(), network);
    return network;
  }

  private ModelFile model(String name, Optional<String> sha256) throws IOException {
    ModelFile elsewhere = sha256.map(given::get).orElse(null);
    if (elsewhere != null) {
      return elsewhere;
    }
    Path file = path(name);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "the model %s of the results is missing; locate it by --model".formatted(name));
    }
    ModelFile model = ModelFile.read(file);
    if (sha256.isPresent() && !sha256.get().equals(model.sha256())) {
      throw new IOException(
          "%s is not the model that was measured, as its SHA-256 differs; locate that by --model"
              .formatted(name));
    }
    return model;
  }

  private static Path path(String name) throws IOException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IOException("the model '%s' of the results is not a file".formatted(name), e);
    }
  }
}
