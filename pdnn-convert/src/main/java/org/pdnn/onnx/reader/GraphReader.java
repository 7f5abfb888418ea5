package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pdnn.names.Printable;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;

/// Walks along the one chain of a graph and makes a layer of each node.
///
/// A node that reads only constants, or only the shape of values, is computed here and now
/// ([Folding]); every other reads the value that the one before it made.
final class GraphReader {
  private final GraphInput input;
  private final Constants constants;
  private final NetworkBuilder layers;
  private final OperatorContext reading;

  /// The shape of each value of the chain, by name.
  private final Map<String, Shape> shapes = new HashMap<>();

  /// The name of the value so far.
  private String value;

  private GraphReader(GraphInput input, Constants constants, int opset, List<Node> order) {
    this.input = input;
    this.constants = constants;
    this.layers = new NetworkBuilder(InputOrder.of(input, order));
    this.reading = new OperatorContext(constants, layers, opset, input.batch());
    this.value = input.name();
    shapes.put(value, input.shape());
  }

  /// @throws IllegalArgumentException in one sentence, without the file
  static OnnxModel read(ModelProto model, ExternalData external) {
    int opset = Opset.of(model.getOpsetImportList());
    GraphProto graph = model.getGraph();
    if (graph.getSparseInitializerCount() > 0) {
      throw new IllegalArgumentException(
          "initializer %s is sparse; save it dense"
              .formatted(Printable.quoted(graph.getSparseInitializer(0).getValues().getName())));
    }
    Constants constants = new Constants(graph.getInitializerList(), external);
    GraphInput input = GraphInput.of(graph, constants);
    if (graph.getOutputCount() != 1) {
      throw new IllegalArgumentException(
          "its graph has %s; export a network whose logits are its one output"
              .formatted(GraphInput.listed(graph.getOutputList(), "output")));
    }
    String output = graph.getOutput(0).getName();
    List<Node> order =
        GraphOrder.of(
            graph.getNodeList(),
            output,
            name -> name.equals(input.name()) || constants.isInitializer(name));
    GraphReader reader = new GraphReader(input, constants, opset, order);
    reader.introduce(opset);
    reader.requireOneChain(order);
    order.forEach(reader::read);
    return reader.finish(output);
  }

  private void introduce(int opset) {
    if (!layers.shape().equals(input.shape())) {
      layers.remark(InputOrder.REMARK);
    }
    if (opset > Opset.NEWEST) {
      layers.remark(
          "operator set %s is newer than %s, the newest known here; its operators are read as in that"
              .formatted(opset, Opset.NEWEST));
    }
    if (input.type() != DataType.FLOAT) {
      layers.remark("numbers have 32 bits here, not %s".formatted(input.type()));
    }
  }

  /// Refuses nodes that join two values, wherever they parted.
  private void requireOneChain(List<Node> order) {
    Set<String> computed = new HashSet<>();
    computed.add(input.name());
    for (Node node : order) {
      long read = node.inputNames().stream().filter(computed::contains).count();
      if (read > 1) {
        throw node.refused(
            "joins two branches; a network here is one chain of layers, so that one without"
                + " residual connections is needed");
      }
      if (read == 1 && !isShape(node)) {
        computed.addAll(node.outputNames());
        computed.remove("");
      }
    }
  }

  private static boolean isShape(Node node) {
    return node.isStandard() && node.operator().equals("Shape");
  }

  private void read(Node node) {
    if (!node.isStandard()) {
      throw node.refused(
          "is of the domain %s; export the model with ONNX's own operators"
              .formatted(Printable.quoted(node.domain())));
    }
    if (node.output().isEmpty()) {
      throw node.refused("makes no output under a name; export the model again");
    }
    List<String> values = node.inputNames().stream().filter(shapes::containsKey).toList();
    for (String name : node.inputNames()) {
      if (!name.isEmpty() && !shapes.containsKey(name) && !constants.has(name)) {
        throw node.refused(
            "reads %s, a second output; only the first ones of nodes are read"
                .formatted(Printable.quoted(name)));
      }
    }
    if (values.isEmpty()) {
      constants.put(node.output(), Folding.fold(node, constants));
    } else if (isShape(node)) {
      constants.put(node.output(), Folding.shape(node, extents(values.getFirst())));
    } else if (!values.equals(List.of(value))) {
      throw node.refused(
          "reads %s, which is not the value before it; a network here is one chain of layers"
              .formatted(Printable.quoted(values.getFirst())));
    } else {
      Operators.read(node, reading);
      value = node.output();
      shapes.put(value, layers.seen());
    }
  }

  /// All extents of a value, with a batch of 1.
  private List<Integer> extents(String name) {
    List<Integer> extents = new ArrayList<>();
    extents.add(1);
    Shape shape = shapes.get(name);
    if (shape != null) {
      extents.addAll(shape.dimensions());
    }
    return extents;
  }

  private OnnxModel finish(String output) {
    if (!output.equals(value)) {
      throw new IllegalArgumentException(
          "its output %s does not depend on its input; export the model again"
              .formatted(Printable.quoted(output)));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "its nodes change nothing; a network needs at least one layer");
    }
    boolean settled = layers.settleOrder();
    Network network = layers.network();
    if (!settled) {
      if (network.output().rank() == 1) {
        throw new IllegalArgumentException(
            "its output %s has its values in another order than the last layer; export the model without its last Transpose"
                .formatted(Printable.quoted(output)));
      }
      layers.remark(
          "outputs are (channels, height, width) here, %s in the file".formatted(layers.seen()));
    }
    return new OnnxModel(network, layers.remarks());
  }
}
