package org.pdnn.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// An auto-encoder as one file: the model file of its decoder, which [Model#read] reads as such,
/// with the tensors of the encoder and the heads beside it under their names.
public final class VaeFile {
  private VaeFile() {}

  /// Writes the file whole or not at all.
  ///
  /// @param notes as in [Model]
  public static void write(Vae vae, Map<String, String> notes, Path file) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(vae.decoder().tensors());
    tensors.putAll(vae.besideDecoder());
    new Model(vae.decoder(), notes).write(file, tensors);
  }

  /// Reads what [#write] wrote.
  ///
  /// @param architecture with any weights
  /// @throws IOException in one sentence, if the file is damaged or of another auto-encoder
  public static Vae read(Vae architecture, Path file) throws IOException {
    Safetensors contents = Safetensors.read(file);
    Network decoder = Model.of(file, contents).network();
    try {
      return architecture.withDecoder(decoder, contents.tensors());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is of another auto-encoder: %s".formatted(file, e.getMessage()), e);
    }
  }
}
