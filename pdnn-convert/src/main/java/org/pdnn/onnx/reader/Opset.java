package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.List;
import java.util.stream.Collectors;

/// The version of ONNX's operators that a model is written in.
final class Opset {
  static final int OLDEST = 6;

  /// Since this one constants are repeated by NumPy's rules, and nodes that behave otherwise in
  /// training say by another name what they are exported for.
  static final int FIRST_OF_NUMPY = 7;

  /// The newest of ONNX 1.17, the last release of the file format that our protobufs know (IR
  /// version 10). None of the operators that are read here changed its meaning since version 18.
  static final int NEWEST = 22;

  private Opset() {}

  /// The version that a model imports.
  ///
  /// @throws IllegalArgumentException if it imports none, several, or one that is too old
  static int of(List<OperatorSetIdProto> imports) {
    List<Long> versions =
        imports.stream()
            .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
            .map(OperatorSetIdProto::getVersion)
            .distinct()
            .toList();
    if (versions.size() != 1) {
      throw new IllegalArgumentException(
          versions.isEmpty()
              ? "it imports no version of ONNX's operators; it is no ONNX model, or a damaged one"
              : "it imports several versions of ONNX's operators, %s; export it again"
                  .formatted(
                      versions.stream()
                          .limit(4)
                          .map(String::valueOf)
                          .collect(Collectors.joining(", "))));
    }
    long version = versions.getFirst();
    if (version < OLDEST || version > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "it is written in operator set %s; %s and newer are read, so export it again"
              .formatted(version, OLDEST));
    }
    return (int) version;
  }
}
