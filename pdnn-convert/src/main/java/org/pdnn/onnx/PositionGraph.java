package org.pdnn.onnx;

import java.util.List;
import org.pdnn.network.Attention;
import org.pdnn.network.Shape;

/// Layers that treat the channels of each position as one vector, as nodes of ONNX: there the
/// channels are the last axis, as PyTorch has tokens.
final class PositionGraph {
  private final OnnxGraph graph;
  private final int batch;

  /// @param batch inputs of one run, or [OnnxGraph#ANY_BATCH]
  PositionGraph(OnnxGraph graph, int batch) {
    this.graph = graph;
    this.batch = batch;
  }

  private void node(String operator, String output, List<String> inputs, Attribute... attributes) {
    graph.node(OnnxGraph.ONNX, operator, inputs, output, attributes);
  }

  private void transpose(String in, String out, Integer... axes) {
    node("Transpose", out, List.of(in), Attribute.of("perm", List.of(axes)));
  }

  /// Tokens (1, length, 1) as integers (length), whose rows are (length, channels).
  void embedding(String weight, int channels, String in, Shape input, String out) {
    FloatGraph.reshape(graph, batch, Shape.of(input.size()), in, out + "_tokens");
    node("Cast", out + "_integers", List.of(out + "_tokens"), Attribute.of("to", 7));
    node("Gather", out + "_rows", List.of(weight, out + "_integers"));
    transpose(out + "_rows", out + "_columns", 0, 2, 1);
    Shape columns = Shape.of(channels, input.dimension(1), input.dimension(2));
    FloatGraph.reshape(graph, batch, columns, out + "_columns", out);
  }

  /// @param read the value, weight and bias
  void layerNorm(List<String> read, double epsilon, Shape input, String out) {
    vectors(
        read.getFirst(),
        input,
        out,
        (x, y) ->
            node(
                "LayerNormalization",
                y,
                List.of(x, read.get(1), read.get(2)),
                Attribute.of("epsilon", (float) epsilon)));
  }

  /// x / sqrt(mean of x² + epsilon) * weight, as PyTorch writes it: the operator is newer.
  void rmsNorm(String in, String weight, double epsilon, Shape input, String out) {
    vectors(
        in,
        input,
        out,
        (x, y) -> {
          graph.constant(out + "_two", 2f);
          graph.constant(out + "_epsilon", (float) epsilon);
          node("Pow", out + "_squares", List.of(x, out + "_two"));
          node(
              "ReduceMean",
              out + "_square",
              List.of(out + "_squares"),
              Attribute.of("axes", List.of(-1)));
          node("Add", out + "_sum", List.of(out + "_square", out + "_epsilon"));
          node("Sqrt", out + "_root", List.of(out + "_sum"));
          node("Div", out + "_normed", List.of(x, out + "_root"));
          node("Mul", y, List.of(out + "_normed", weight));
        });
  }

  /// Queries, keys and values as (heads, channels of each, positions).
  void attention(Attention layer, List<String> read, List<Shape> shapes, String out) {
    String queries = heads(layer, read.getFirst(), shapes.getFirst(), out + "_queries");
    String keys = heads(layer, read.get(1), shapes.get(1), out + "_keys");
    String values = heads(layer, read.getLast(), shapes.getLast(), out + "_values");
    transpose(queries, queries + "_rows", 0, 1, 3, 2);
    transpose(values, values + "_rows", 0, 1, 3, 2);
    graph.constant(out + "_scale", (float) layer.scale(shapes.getFirst().dimension(0)));
    node("MatMul", out + "_products", List.of(queries + "_rows", keys));
    node("Mul", out + "_scores", List.of(out + "_products", out + "_scale"));
    String scores = out + "_scores";
    if (layer.causal()) {
      int positions = Attention.positions(shapes.getFirst());
      graph.array(out + "_mask", mask(positions), positions, positions);
      node("Add", out + "_masked", List.of(scores, out + "_mask"));
      scores = out + "_masked";
    }
    node("Softmax", out + "_shares", List.of(scores), Attribute.of("axis", -1));
    node("MatMul", out + "_heads", List.of(out + "_shares", values + "_rows"));
    transpose(out + "_heads", out + "_turned", 0, 1, 3, 2);
    Shape shape = layer.output(shapes);
    FloatGraph.reshape(graph, batch, shape, out + "_turned", out);
  }

  private String heads(Attention layer, String in, Shape shape, String name) {
    int channels = shape.dimension(0) / layer.heads();
    Shape heads = Shape.of(layer.heads(), channels, Attention.positions(shape));
    FloatGraph.reshape(graph, batch, heads, in, name);
    return name;
  }

  /// What keeps each position from those after it, as PyTorch writes it.
  private static float[] mask(int positions) {
    float[] mask = new float[positions * positions];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % positions > i / positions ? Float.NEGATIVE_INFINITY : 0;
    }
    return mask;
  }

  /// What is done to (..., channels).
  @FunctionalInterface
  private interface Nodes {
    void write(String in, String out);
  }

  private void vectors(String in, Shape input, String out, Nodes nodes) {
    if (input.rank() == 1) {
      nodes.write(in, out);
      return;
    }
    transpose(in, out + "_vectors", 0, 2, 3, 1);
    nodes.write(out + "_vectors", out + "_made");
    transpose(out + "_made", out, 0, 3, 1, 2);
  }
}
