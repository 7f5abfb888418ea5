package org.pdnn.ising.learning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Tensor;

/// A restricted machine as one `.safetensors` file: the tensors `weight`, `hidden_bias` and
/// `visible_bias`, its notation under `pdnn.rbm` in the header's metadata, and notes beside it.
///
/// @param notes free text by key: how it was trained, on what
public record RbmFile(Rbm rbm, Map<String, String> notes) {
  private static final String NOTATION = "pdnn.rbm";
  private static final String WEIGHT = "weight";
  private static final String HIDDEN_BIAS = "hidden_bias";
  private static final String VISIBLE_BIAS = "visible_bias";

  /// @throws IllegalArgumentException if a note has the key of the notation
  public RbmFile {
    if (notes.containsKey(NOTATION)) {
      throw new IllegalArgumentException("the key '%s' is taken".formatted(NOTATION));
    }
    // Sorted, so that equal machines and notes give equal files.
    notes = Collections.unmodifiableMap(new TreeMap<>(notes));
  }

  /// Writes the file whole or not at all.
  ///
  /// @return SHA-256 of the file
  public String write(Path file) throws IOException {
    return write(file, Map.of());
  }

  /// Writes the file with further tensors.
  String write(Path file, Map<String, Tensor> beside) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(beside);
    tensors.put(WEIGHT, rbm.weight());
    tensors.put(HIDDEN_BIAS, rbm.hiddenBias());
    tensors.put(VISIBLE_BIAS, rbm.visibleBias());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(NOTATION, rbm.toString());
    metadata.putAll(notes);
    return new Safetensors(tensors, metadata).write(file);
  }

  /// Whether a file's contents say that they are a restricted machine.
  public static boolean described(Safetensors contents) {
    return contents.metadata().containsKey(NOTATION);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static RbmFile read(Path file) throws IOException {
    return of(file, Safetensors.read(file));
  }

  /// The machine in a file's contents.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static RbmFile of(Path file, Safetensors contents) throws IOException {
    Map<String, String> notes = new LinkedHashMap<>(contents.metadata());
    String notation = notes.remove(NOTATION);
    if (notation == null) {
      throw new IOException(
          file
              + " holds no restricted Boltzmann machine; one is written by pdnn train --network"
              + " rbm:784-500");
    }
    try {
      int labels = Rbm.parse(notation).labels();
      Rbm rbm =
          new Rbm(
              tensor(contents, WEIGHT),
              tensor(contents, HIDDEN_BIAS),
              tensor(contents, VISIBLE_BIAS),
              labels);
      if (!rbm.toString().equals(notation)) {
        throw new IllegalArgumentException(
            "its tensors are of %s, its header of %s".formatted(rbm, notation));
      }
      return new RbmFile(rbm, notes);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s does not fit together: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Tensor tensor(Safetensors contents, String name) {
    Tensor tensor = contents.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("it has no tensor '%s'".formatted(name));
    }
    return tensor;
  }
}
