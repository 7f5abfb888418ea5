package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.names.Printable;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;

/// Walks over the nodes of a graph, each after those that it reads, and makes layers of them.
///
/// A node that reads only constants, or only the shape of a value, is computed here and now
/// ([Folding]); every other goes on with the values that it reads.
final class GraphReader {
  private final GraphInput input;
  private final Constants constants;
  private final int opset;
  private final GraphLayers layers;

  /// The values that depend on the input, by name.
  private final Map<String, Branch> values = new HashMap<>();

  /// How often a value is read, apart from its shape.
  private final Map<String, Integer> readers = new HashMap<>();

  private GraphReader(GraphInput input, Constants constants, int opset, List<Node> order) {
    this.input = input;
    this.constants = constants;
    this.opset = opset;
    Arrangement arrangement = InputOrder.of(input, order);
    this.layers = new GraphLayers(arrangement.ours());
    Branch first = new Branch(layers, arrangement);
    if (input.integers()) {
      first.makeWhole(
          new IllegalArgumentException(
              "input %s has whole numbers, which only an embedding reads; export a network that reads real numbers"
                  .formatted(Printable.quoted(input.name()))));
    }
    values.put(input.name(), first);
    for (Node node : order) {
      if (!isShape(node)) {
        node.inputNames().forEach(name -> readers.merge(name, 1, Integer::sum));
      }
    }
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
    List<Node> fused = Fusions.of(Einsums.lowered(order, constants), input.name(), output);
    GraphReader reader = new GraphReader(input, constants, opset, fused);
    reader.introduce();
    for (Node node : fused) {
      try {
        reader.read(node);
      } catch (IllegalArgumentException e) {
        throw node.refused(e);
      }
    }
    return reader.finish(output);
  }

  private void introduce() {
    if (!layers.input().equals(input.shape())) {
      layers.remark(InputOrder.REMARK);
    }
    if (opset > Opset.NEWEST) {
      layers.remark(
          "operator set %s is newer than %s, the newest known here; its operators are read as in that"
              .formatted(opset, Opset.NEWEST));
    }
    if (input.type() != DataType.FLOAT && !input.integers()) {
      layers.remark("numbers have 32 bits here, not %s".formatted(input.type()));
    }
  }

  private static boolean isShape(Node node) {
    return node.isStandard() && node.operator().equals("Shape");
  }

  private void read(Node node) {
    if (!node.isStandard() && !node.isQonnx()) {
      throw node.refused(
          "is of the domain %s; export the model with ONNX's own operators or QONNX's"
              .formatted(Printable.quoted(node.domain())));
    }
    if (node.output().isEmpty()) {
      throw node.refused("makes no output under a name; export the model again");
    }
    for (String name : node.inputNames()) {
      if (!name.isEmpty() && !values.containsKey(name) && !constants.has(name)) {
        throw node.refused(
            "reads %s, a second output; only the first ones of nodes are read"
                .formatted(Printable.quoted(name)));
      }
    }
    if (node.inputNames().contains(input.name()) && findsBatch(node)) {
      return;
    }
    List<Branch> operands = operands(node);
    if (operands.isEmpty()) {
      constants.put(node, Folding.fold(node, constants));
    } else if (isShape(node)) {
      if (!operands.getFirst().border().isNone()) {
        throw operands.getFirst().border().refused();
      }
      constants.put(node, Folding.shape(node, operands.getFirst().extents()));
    } else if (node.isStandard() && node.operator().equals("Split")) {
      OperatorContext reading = new OperatorContext(constants, operands, opset, input.batch());
      List<Branch> parts = PartOperators.split(node, reading);
      for (int i = 0; i < parts.size(); i++) {
        values.put(node.outputNames().get(i), parts.get(i));
      }
    } else {
      OperatorContext reading = new OperatorContext(constants, operands, opset, input.batch());
      Operators.read(node, reading);
      if (readers.getOrDefault(node.output(), 0) > 1) {
        reading.layers().share();
      }
      values.put(node.output(), reading.value());
    }
  }

  /// Where the one node that reads the input puts a batch before all of its axes, an input has all
  /// of them.
  ///
  /// @return whether the node does nothing else
  private boolean findsBatch(Node node) {
    boolean alone = readers.getOrDefault(input.name(), 0) == 1;
    if (alone && input.whole().filter(whole -> addsBatch(node, whole)).isPresent()) {
      layers.read(input.whole().get());
      Branch whole = new Branch(layers, Arrangement.of(input.whole().get()));
      boolean unchanged = node.operator().equals("Unsqueeze");
      values.put(unchanged ? node.output() : input.name(), whole);
      return unchanged;
    }
    if (input.isBare()) {
      throw node.refused(
          "reads %s, which has one axis and no batch; put an Unsqueeze of axis 0 before it, or export the model with a batch"
              .formatted(Printable.quoted(input.name())));
    }
    return false;
  }

  private boolean addsBatch(Node node, Shape whole) {
    if (node.operator().equals("Unsqueeze")) {
      List<Long> axes =
          node.has(1) ? constants.integers(node, 1).toList() : node.integers("axes", List.of());
      return axes.equals(List.of(0L));
    }
    if (!node.operator().equals("Reshape") || !constants.has(node.input(1))) {
      return false;
    }
    List<Long> target = constants.integers(node, 1).toList();
    boolean flat = input.isBare() && target.equals(List.of(1L, -1L));
    long size = target.stream().skip(1).reduce(1L, (a, b) -> Math.clamp(a * b, -1, 1L << 30));
    return flat
        || (target.size() > 1
            && target.getFirst() == 1
            && size == whole.size()
            && (input.isBare() || input.batch() > 1));
  }

  /// The values that a node reads, for it alone.
  private List<Branch> operands(Node node) {
    List<Branch> operands = new ArrayList<>();
    for (String name : node.inputNames()) {
      Branch value = values.get(name);
      if (value != null) {
        operands.add(new Branch(value));
      }
    }
    return operands;
  }

  private OnnxModel finish(String output) {
    Branch value = values.get(output);
    if (value == null) {
      throw new IllegalArgumentException(
          "its output %s does not depend on its input; export the model again"
              .formatted(Printable.quoted(output)));
    }
    if (!value.border().isNone()) {
      throw value.border().refused();
    }
    if (!value.arrangement().batchFirst()) {
      throw new IllegalArgumentException(
          "its output %s does not begin with the batch; export the model with the batch first"
              .formatted(Printable.quoted(output)));
    }
    value.end();
    if (value.layers().isInput()) {
      throw new IllegalArgumentException(
          "its nodes change nothing; a network needs at least one layer");
    }
    boolean settled = value.settleOrder();
    value.layers().finish();
    Network network = layers.network(value.layers().last());
    if (!settled) {
      if (network.output().rank() == 1) {
        throw new IllegalArgumentException(
            "its output %s has its values in another order than the last layer; export the model without its last Transpose"
                .formatted(Printable.quoted(output)));
      }
      layers.remark(
          "outputs are (channels, height, width) here, %s in the file".formatted(value.seen()));
    }
    return new OnnxModel(network, layers.remarks());
  }
}
