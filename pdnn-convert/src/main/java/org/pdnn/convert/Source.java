package org.pdnn.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.onnx.OnnxModel;

/// A network to convert, as it was read.
///
/// @param network deterministic, as a rule
/// @param remarks what was done in reading, a sentence each
public record Source(Network network, List<String> remarks) {
  public Source {
    remarks = List.copyOf(remarks);
  }

  /// Reads a file that says what its network is: an ONNX model, or a model file of ours.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Source read(Path file) throws IOException {
    if (named(file, ".onnx")) {
      OnnxModel model = OnnxModel.read(file);
      return new Source(model.network(), model.remarks());
    }
    return new Source(Model.read(file).network(), List.of());
  }

  private static boolean named(Path file, String extension) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
