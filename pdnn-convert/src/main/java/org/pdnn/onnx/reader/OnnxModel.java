package org.pdnn.onnx.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.network.Network;

/// A network read from an `.onnx` file: a trained deterministic one, layer by layer.
///
/// Read are operator sets 6 to 22, and newer ones as if they were 22. The graph leads from one
/// input to one output, with a batch as the first axis; its branches may part anywhere, and meet in
/// sums, products and concatenations of channels. Its weights may lie in the file or, as external
/// data, in files beside it; a layer takes the name of the module that they belong to.
///
/// @param network what the graph computes, the last softmax left out
/// @param remarks what was left out or taken otherwise in reading, a sentence each
public record OnnxModel(Network network, List<String> remarks) {
  public OnnxModel {
    remarks = List.copyOf(remarks);
  }

  /// Reads a file of up to 2 GiB; at most 2^28 weights are read.
  ///
  /// @throws IOException in one sentence with the file, the node or byte, and what would do
  public static OnnxModel read(Path file) throws IOException {
    try {
      return GraphReader.read(ProtoFile.read(file), new ExternalData(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
