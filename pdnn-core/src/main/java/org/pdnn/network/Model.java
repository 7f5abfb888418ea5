package org.pdnn.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A network with notes on where it comes from; one `.safetensors` file.
///
/// The tensors lie under PyTorch's names and layout, the architecture as JSON in the header's
/// metadata under `pdnn`, the notes beside it.
///
/// @param notes free text by key: how it was trained, on what data, with which version
public record Model(Network network, Map<String, String> notes) {
  static final String ARCHITECTURE = "pdnn";

  private static final JsonMapper JSON = new JsonMapper();

  public Model {
    // Sorted: the order of Map.of differs from one JVM to the next, and a file's hash with it.
    notes = Collections.unmodifiableMap(new TreeMap<>(notes));
    if (notes.containsKey(ARCHITECTURE)) {
      throw new IllegalArgumentException("the key 'pdnn' is taken by the architecture");
    }
  }

  /// Writes the model whole or not at all.
  public void write(Path file) throws IOException {
    write(file, network.tensors());
  }

  /// Writes the model with further tensors that its architecture does not name.
  ///
  /// @param tensors the network's own, and others
  public void write(Path file, Map<String, Tensor> tensors) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(ARCHITECTURE, Architecture.toJson(network).toString());
    metadata.putAll(notes);
    new Safetensors(tensors, metadata).write(file);
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
    if (architecture == null) {
      throw new IOException(
          file + " holds tensors but no pdnn architecture; it was not written by pdnn");
    }
    try {
      Network network = Architecture.fromJson(JSON.readTree(architecture), contents.tensors());
      return new Model(network, notes);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s has a damaged architecture: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s does not fit together: %s".formatted(file, e.getMessage()), e);
    }
  }
}
