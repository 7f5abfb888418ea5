package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What a graph knows before it runs, by name: initializers, which are read when a node asks for
/// them, and what was computed from them.
final class Constants {
  /// Values that may be computed for each that is read.
  private static final int MOST_FOR_EACH = 16;

  private static final String WEIGHT = ".weight";

  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, ConstantArray> computed = new HashMap<>();

  /// What the first input of a computed constant was computed from, by the constant's name.
  private final Map<String, String> origins = new HashMap<>();

  private final Map<String, DataType> types = new HashMap<>();
  private final ExternalData external;

  /// Values that may still be computed.
  private long computable = 1 << 24;

  /// Values that may still be read: all weights of a network together are bounded as one tensor is.
  private long budget = Shape.LARGEST;

  /// @throws IllegalArgumentException if two initializers have one name
  Constants(List<TensorProto> initializers, ExternalData external) {
    this.external = external;
    for (TensorProto tensor : initializers) {
      if (this.initializers.put(tensor.getName(), tensor) != null) {
        throw new IllegalArgumentException(
            "initializer %s is defined twice; export the model again"
                .formatted(Printable.quoted(tensor.getName())));
      }
    }
  }

  boolean has(String name) {
    return computed.containsKey(name) || initializers.containsKey(name);
  }

  boolean isInitializer(String name) {
    return initializers.containsKey(name);
  }

  /// The module that an initializer is the weight of: `layer1.0.conv1` of `layer1.0.conv1.weight`.
  Optional<String> module(String name) {
    String origin = origins.getOrDefault(name, name);
    return isInitializer(origin) && origin.endsWith(WEIGHT)
        ? Optional.of(origin.substring(0, origin.length() - WEIGHT.length()))
        : Optional.empty();
  }

  /// Keeps what a node makes; it belongs to the module of what the node reads first.
  void put(Node node, ConstantArray value) {
    computed.put(node.output(), value);
    origins.put(node.output(), origins.getOrDefault(node.input(0), node.input(0)));
    if (node.operator().equals("Constant")) {
      node.tensor("value").ifPresent(tensor -> types.put(node.output(), type(tensor)));
    }
  }

  /// The type of a constant in the file; undefined of what is computed.
  DataType type(String name) {
    TensorProto tensor = initializers.get(name);
    return tensor == null ? types.getOrDefault(name, DataType.UNDEFINED) : type(tensor);
  }

  private static DataType type(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return type == null ? DataType.UNDEFINED : type;
  }

  /// The constant of a name that [#has]. Each node that reads it may make as many values of it.
  ///
  /// @throws IllegalArgumentException naming the initializer and what is wrong with it
  ConstantArray get(String name) {
    ConstantArray known = computed.get(name);
    if (known != null) {
      charge(known.dimensions());
      return known;
    }
    TensorProto tensor = initializers.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          Printable.quoted(name) + " is not known before the network runs");
    }
    try {
      return read(tensor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "initializer %s %s".formatted(Printable.quoted(name), e.getMessage()), e);
    }
  }

  /// The values of a tensor.
  ///
  /// @throws IllegalArgumentException as the rest of a sentence that begins with the tensor's name
  ConstantArray read(TensorProto tensor) {
    charge(TensorValues.size(tensor));
    return TensorValues.read(tensor, external);
  }

  /// Counts an array that is about to be computed.
  ///
  /// @throws IllegalArgumentException if the weights of the file do not account for so many
  void charge(List<Integer> extents) {
    long size = 1;
    for (int extent : extents) {
      size = Math.min(size * extent, Shape.LARGEST + 1);
    }
    computable -= size;
    if (computable < 0) {
      throw new IllegalArgumentException(
          "would make more values than the weights in the file account for");
    }
  }

  /// Counts values that are about to be read.
  private void charge(long values) {
    budget -= values;
    computable += MOST_FOR_EACH * values;
    if (budget < 0) {
      throw new IllegalArgumentException(
          "is beyond what one network may have, %s weights".formatted(Shape.LARGEST));
    }
  }

  /// A constant input of a node.
  ///
  /// @throws NodeFault if it is computed from the network's input, or missing
  ConstantArray input(Node node, int position) {
    String name = node.input(position);
    if (name.isEmpty()) {
      throw node.refused("lacks its input %s".formatted(position));
    }
    if (!has(name)) {
      throw node.refused(
          "needs a constant as input %s, %s is computed"
              .formatted(position, Printable.quoted(name)));
    }
    try {
      return get(name);
    } catch (IllegalArgumentException e) {
      throw node.refused(e);
    }
  }

  /// A constant input of real numbers.
  Reals reals(Node node, int position) {
    return switch (input(node, position)) {
      case Reals reals -> reals;
      case Integers integers -> throw mistyped(node, position, integers, "real numbers");
    };
  }

  /// A constant input of integers.
  Integers integers(Node node, int position) {
    return switch (input(node, position)) {
      case Integers integers -> integers;
      case Reals reals -> throw mistyped(node, position, reals, "integers");
    };
  }

  /// A constant input of one number.
  double number(Node node, int position) {
    ConstantArray value = input(node, position);
    if (value.size() != 1) {
      throw node.refused(
          "has %s numbers as input %s; one is read".formatted(value.size(), position));
    }
    double number =
        switch (value) {
          case Reals reals -> reals.get(0);
          case Integers integers -> integers.get(0);
        };
    if (!Double.isFinite(number)) {
      throw node.refused("has %s as input %s; finite numbers are read".formatted(number, position));
    }
    return number;
  }

  /// A constant input as the tensor of a layer: finite numbers of a rank.
  Tensor tensor(Node node, int position, int rank) {
    Reals reals = reals(node, position);
    if (reals.dimensions().size() != rank) {
      throw node.refused(
          "needs %s dimensions in input %s, %s has the extents %s"
              .formatted(
                  rank, position, Printable.quoted(node.input(position)), reals.dimensions()));
    }
    return finite(node, position, reals);
  }

  /// Reals as a tensor, or the fault of the node that reads them.
  static Tensor finite(Node node, int position, Reals reals) {
    try {
      return reals.tensor();
    } catch (IllegalArgumentException e) {
      throw node.refused(
          new IllegalArgumentException(
              "%s: %s".formatted(Printable.quoted(node.input(position)), e.getMessage()), e));
    }
  }

  private static NodeFault mistyped(Node node, int position, ConstantArray found, String expected) {
    return node.refused(
        "needs %s as input %s, %s holds %s"
            .formatted(expected, position, Printable.quoted(node.input(position)), found.kind()));
  }
}
