package org.pdnn.network;

import java.io.IOException;
import java.nio.file.Path;
import org.pdnn.files.InputFile;

/// A model with the file that it was read from.
///
/// @param path as it was given
/// @param sha256 hash of the bytes that the model was made of
public record ModelFile(Path path, String sha256, Model model) {

  /// Reads a model that [Model#write] wrote.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static ModelFile read(Path path) throws IOException {
    InputFile read = InputFile.read(path, ".safetensors file", Safetensors.MOST_BYTES);
    return new ModelFile(path, read.sha256(), Model.of(path, Safetensors.of(read)));
  }

  /// The model's network.
  public Network network() {
    return model.network();
  }
}
