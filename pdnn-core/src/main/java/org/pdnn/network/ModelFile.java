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
    return of(input(path));
  }

  /// The bytes of a model file, for those who hand it on.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static byte[] bytes(Path path) throws IOException {
    return input(path).bytes();
  }

  private static InputFile input(Path path) throws IOException {
    return InputFile.read(path, ".safetensors file", Safetensors.MOST_BYTES);
  }

  /// The model that a file's bytes hold, wherever they came from.
  ///
  /// @param path what complaints call them
  /// @param bytes not to be changed afterwards
  /// @throws IOException as [#read]
  public static ModelFile of(Path path, byte[] bytes) throws IOException {
    return of(InputFile.of(path, bytes));
  }

  private static ModelFile of(InputFile read) throws IOException {
    return new ModelFile(read.path(), read.sha256(), Model.of(read.path(), Safetensors.of(read)));
  }

  /// The model's network.
  public Network network() {
    return model.network();
  }
}
