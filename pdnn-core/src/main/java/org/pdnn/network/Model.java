package org.pdnn.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pdnn.files.FileFault;
import org.pdnn.files.JsonFault;

/// A network with what it reads and learnt from, and notes; one `.safetensors` file.
///
/// The tensors lie under PyTorch's names and layout, the rest in the header's metadata: the
/// architecture as JSON under `pdnn`, the form of the input under `pdnn.input` unless it is plain
/// pixels, the data under `pdnn.trainedOn` if known, the notes beside them.
///
/// @param input how an image becomes the network's input
/// @param trainedOn the data that the network learnt from, if known
/// @param notes free text by key: how it was trained, with which version
public record Model(
    Network network, InputForm input, Optional<TrainedOn> trainedOn, Map<String, String> notes) {
  static final String ARCHITECTURE = "pdnn";
  private static final String INPUT = "pdnn.input";
  private static final String TRAINED_ON = "pdnn.trainedOn";

  /// What the files of restricted Boltzmann machines have in place of an architecture.
  private static final String MACHINE = "pdnn.rbm";

  private static final JsonMapper JSON = new JsonMapper();

  public Model {
    // Sorted: the order of Map.of differs from one JVM to the next, and a file's hash with it.
    notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    for (String key : new String[] {ARCHITECTURE, INPUT, TRAINED_ON}) {
      if (notes.containsKey(key)) {
        throw new IllegalArgumentException("the key '%s' is taken by the model".formatted(key));
      }
    }
    trainedOn.ifPresent(data -> requireClasses(network, data));
  }

  private static void requireClasses(Network network, TrainedOn data) {
    if (network.output().size() != data.classes().size()) {
      throw new IllegalArgumentException(
          "a network of %s outputs cannot have learnt %s classes"
              .formatted(network.output().size(), data.classes().size()));
    }
  }

  /// A network that reads plain pixels and learnt from unknown data.
  public Model(Network network, Map<String, String> notes) {
    this(network, InputForm.PIXELS, Optional.empty(), notes);
  }

  /// Writes the model whole or not at all.
  ///
  /// @return SHA-256 of the file
  public String write(Path file) throws IOException {
    return write(file, network.tensors());
  }

  /// Writes the model with further tensors that its architecture does not name.
  ///
  /// @param tensors the network's own, and others
  /// @return SHA-256 of the file
  public String write(Path file, Map<String, Tensor> tensors) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ARCHITECTURE, Architecture.toJson(network).toString());
    if (!input.equals(InputForm.PIXELS)) {
      metadata.put(INPUT, input.toJson().toString());
    }
    trainedOn.ifPresent(data -> metadata.put(TRAINED_ON, data.toJson().toString()));
    metadata.putAll(notes);
    return new Safetensors(tensors, metadata).write(file);
  }

  /// Reads a model that [#write] wrote.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Model read(Path file) throws IOException {
    return of(file, Safetensors.read(file));
  }

  /// Whether a file's contents say what network they are of.
  public static boolean described(Safetensors contents) {
    return contents.metadata().containsKey(ARCHITECTURE);
  }

  /// The model in a file's contents; tensors that the architecture does not name are left aside.
  public static Model of(Path file, Safetensors contents) throws IOException {
    Map<String, String> notes = new LinkedHashMap<>(contents.metadata());
    String architecture = notes.remove(ARCHITECTURE);
    if (architecture == null && notes.containsKey(MACHINE)) {
      throw new IOException(
          "%s is a restricted Boltzmann machine; sample it by pdnn ising %s --sample, or make a network of it by pdnn convert %s --data NAME|FOLDER --out FILE"
              .formatted(file, file, file));
    }
    if (architecture == null) {
      throw new IOException(
          "%s holds tensors but no pdnn architecture; name one by pdnn convert %s --network mlp:784-64-10 --data NAME|FOLDER --out FILE"
              .formatted(file, file));
    }
    Network network =
        parse(
            file,
            "architecture",
            architecture,
            json -> Architecture.fromJson(json, contents.tensors()));
    InputForm input =
        optional(file, "input form", notes.remove(INPUT), InputForm::fromJson)
            .orElse(InputForm.PIXELS);
    Optional<TrainedOn> trainedOn =
        optional(file, "record of its data", notes.remove(TRAINED_ON), TrainedOn::fromJson);
    try {
      return new Model(network, input, trainedOn, notes);
    } catch (IllegalArgumentException e) {
      throw unfit(file, e);
    }
  }

  private static <T> Optional<T> optional(
      Path file, String part, @Nullable String text, Function<JsonNode, T> reader)
      throws IOException {
    return text == null ? Optional.empty() : Optional.of(parse(file, part, text, reader));
  }

  private static <T> T parse(Path file, String part, String text, Function<JsonNode, T> reader)
      throws IOException {
    try {
      return reader.apply(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s has a damaged %s: %s".formatted(file, part, FileFault.ofContents(JsonFault.of(e))),
          e);
    } catch (IllegalArgumentException e) {
      throw unfit(file, e);
    }
  }

  private static IOException unfit(Path file, IllegalArgumentException e) {
    String fault = FileFault.ofContents(String.valueOf(e.getMessage()));
    return new IOException("%s does not fit together: %s".formatted(file, fault), e);
  }
}
