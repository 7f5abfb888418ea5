package org.pdnn.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.pdnn.files.AtomicFile;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Reshape;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// A deterministic network of 32-bit activations as an ONNX graph of 32-bit numbers, layer by
/// layer. The output of layer i is called `yi`.
public final class FloatGraph {
  private static final Map<String, String> TENSORS =
      Map.of("w", "weight", "b", "bias", "m", "running_mean", "v", "running_var");

  private final OnnxGraph graph;
  private final PositionGraph positions;
  private final int batch;
  private final List<Place> places;

  private FloatGraph(int batch, Network network) {
    this.batch = batch;
    this.places = network.places();
    this.graph = new OnnxGraph(batch, network.input());
    this.positions = new PositionGraph(graph, batch);
  }

  /// Most weights in one file: a protobuf has less than 2 GiB.
  private static final long MOST_WEIGHTS = (1L << 29) - (1 << 20);

  /// Writes the deterministic twin of a network as an `.onnx` file that takes batches of any size,
  /// whole or not at all.
  ///
  /// @param version of this project, written as the producer's
  /// @param notes free text by key
  /// @throws IllegalArgumentException if a neuron has fewer than 32 bits, or the weights take 2 GiB
  /// @throws IOException in one sentence with path and remedy
  public static String write(Network network, String version, Map<String, String> notes, Path file)
      throws IOException {
    long weights = network.tensors().values().stream().mapToLong(Tensor::size).sum();
    if (weights > MOST_WEIGHTS) {
      throw new IllegalArgumentException(
          "an ONNX file holds at most %s weights, the network has %s"
              .formatted(MOST_WEIGHTS, weights));
    }
    FloatGraph made = of(network.deterministicTwin(), OnnxGraph.ANY_BATCH, Set.of());
    made.graph.note(version, notes);
    byte[] bytes = made.graph.toBytes();
    return AtomicFile.write(file, out -> out.write(bytes));
  }

  /// The model, as in an `.onnx` file, of one output.
  ///
  /// @param batch inputs of one run, or [OnnxGraph#ANY_BATCH]
  /// @throws IllegalArgumentException if a neuron is random or has fewer than 32 bits
  public static byte[] of(Network network, int batch) {
    return of(network, batch, Set.of()).graph.toBytes();
  }

  /// The same, with further outputs.
  ///
  /// @param watched indices of layers whose outputs are outputs of the graph too, before its own
  public static byte[] of(Network network, int batch, List<Integer> watched) {
    return of(network, batch, Set.copyOf(watched)).graph.toBytes();
  }

  private static FloatGraph of(Network network, int batch, Set<Integer> watched) {
    FloatGraph made = new FloatGraph(batch, network);
    List<Shape> shapes = network.shapes();
    String value = OnnxGraph.INPUT;
    for (int i = 0; i < network.layers().size(); i++) {
      List<String> read =
          network.reads(i).stream()
              .map(from -> from == Place.INPUT ? OnnxGraph.INPUT : output(from))
              .toList();
      List<Shape> inputs = network.reads(i).stream().map(from -> shapes.get(from + 1)).toList();
      value = made.layer(network.layers().get(i), read, inputs, i);
      if (watched.contains(i) && i < network.layers().size() - 1) {
        made.graph.output(value, shapes.get(i + 1));
      }
    }
    made.graph.output(value, shapes.getLast());
    return made;
  }

  /// The name of a layer's output.
  public static String output(int layer) {
    return "y" + layer;
  }

  /// @param inputs shapes of what the layer reads
  private String layer(Layer layer, List<String> read, List<Shape> inputs, int index) {
    String in = read.getFirst();
    Shape input = inputs.getFirst();
    String out = output(index);
    switch (layer) {
      case Dense(Tensor weight, Tensor bias) ->
          graph.node(
              OnnxGraph.ONNX,
              "Gemm",
              List.of(in, constant("w", index, weight), constant("b", index, bias)),
              out,
              Attribute.of("transB", 1));
      case Convolution convolution ->
          graph.node(
              OnnxGraph.ONNX,
              "Conv",
              List.of(
                  in,
                  constant("w", index, convolution.weight()),
                  constant("b", index, convolution.bias())),
              out,
              window(convolution));
      case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding) ->
          graph.node(
              OnnxGraph.ONNX,
              "ConvTranspose",
              List.of(in, constant("w", index, weight), constant("b", index, bias)),
              out,
              Attribute.of("strides", List.of(stride, stride)),
              Attribute.of("pads", List.of(padding, padding, padding, padding)));
      case BatchNorm norm ->
          graph.node(
              OnnxGraph.ONNX,
              "BatchNormalization",
              List.of(
                  in,
                  constant("w", index, norm.weight()),
                  constant("b", index, norm.bias()),
                  constant("m", index, norm.mean()),
                  constant("v", index, norm.variance())),
              out,
              Attribute.of("epsilon", (float) norm.epsilon()));
      case Embedding embedding ->
          positions.embedding(
              constant("w", index, embedding.weight()), embedding.channels(), in, input, out);
      case LayerNorm(Tensor weight, Tensor bias, double epsilon) ->
          positions.layerNorm(
              List.of(in, constant("w", index, weight), constant("b", index, bias)),
              epsilon,
              input,
              out);
      case RmsNorm(Tensor weight, double epsilon) ->
          positions.rmsNorm(in, constant("w", index, weight), epsilon, input, out);
      case Softmax _ ->
          graph.node(OnnxGraph.ONNX, "Softmax", List.of(in), out, Attribute.of("axis", 1));
      case PositionalEmbedding embedding ->
          graph.node(
              OnnxGraph.ONNX,
              "Add",
              List.of(in, constant("w", index, new Tensor(input, embedding.terms()))),
              out);
      case MaxPool(Window window) ->
          graph.node(OnnxGraph.ONNX, "MaxPool", List.of(in), out, window(window.trimmed(input)));
      case AveragePool(Window window, boolean countsPadding) ->
          graph.node(
              OnnxGraph.ONNX,
              "AveragePool",
              List.of(in),
              out,
              with(
                  window(window.trimmed(input)),
                  countsPadding,
                  Attribute.of("count_include_pad", 1)));
      case GlobalAveragePool _ -> graph.node(OnnxGraph.ONNX, "GlobalAveragePool", List.of(in), out);
      case Flatten _ -> graph.node(OnnxGraph.ONNX, "Flatten", List.of(in), out);
      case Reshape(Shape shape) -> reshape(graph, batch, shape, in, out);
      case Neurons(Neuron neuron) -> fire(neuron, in, out);
      case Attention attention -> positions.attention(attention, read, inputs, out);
      case Join join -> join(join, read, out);
    }
    return out;
  }

  private void join(Join join, List<String> read, String out) {
    switch (join) {
      case Add _ -> graph.node(OnnxGraph.ONNX, "Sum", read, out);
      case Attention _ -> throw new IllegalStateException("written with its shapes");
      case Concatenate _ ->
          graph.node(OnnxGraph.ONNX, "Concat", read, out, Attribute.of("axis", 1));
      case Multiply _ -> {
        String product = read.getFirst();
        for (int i = 1; i < read.size(); i++) {
          String next = i + 1 == read.size() ? out : out + "_" + i;
          graph.node(OnnxGraph.ONNX, "Mul", List.of(product, read.get(i)), next);
          product = next;
        }
      }
    }
  }

  private void fire(Neuron neuron, String in, String out) {
    if (neuron.random() || neuron.bits() != Neuron.Deterministic.FULL) {
      throw new IllegalArgumentException(
          "ONNX has no neuron '%s'; take the network's deterministic twin of 32 bits"
              .formatted(neuron));
    }
    switch (neuron.activation()) {
      case IDENTITY -> graph.node(OnnxGraph.ONNX, "Identity", List.of(in), out);
      case RELU -> graph.node(OnnxGraph.ONNX, "Relu", List.of(in), out);
      case SIGMOID -> graph.node(OnnxGraph.ONNX, "Sigmoid", List.of(in), out);
      case TANH -> graph.node(OnnxGraph.ONNX, "Tanh", List.of(in), out);
      case CLIP -> {
        graph.constant(out + "_least", 0f);
        graph.constant(out + "_most", 1f);
        graph.node(OnnxGraph.ONNX, "Clip", List.of(in, out + "_least", out + "_most"), out);
      }
      case LEAKY_RELU -> {
        float slope = (float) ((Neuron.Deterministic) neuron).slope();
        graph.node(OnnxGraph.ONNX, "LeakyRelu", List.of(in), out, Attribute.of("alpha", slope));
      }
      case ELU -> graph.node(OnnxGraph.ONNX, "Elu", List.of(in), out);
      case SELU -> graph.node(OnnxGraph.ONNX, "Selu", List.of(in), out);
      case HARD_SWISH -> graph.node(OnnxGraph.ONNX, "HardSwish", List.of(in), out);
      case SILU -> {
        graph.node(OnnxGraph.ONNX, "Sigmoid", List.of(in), out + "_gate");
        graph.node(OnnxGraph.ONNX, "Mul", List.of(in, out + "_gate"), out);
      }
      case GELU -> gelu(in, out);
      case GELU_TANH -> geluByTanh(in, out);
    }
  }

  /// x / 2 (1 + erf(x / sqrt(2))): as PyTorch writes it, since Gelu is newer than our operators.
  private void gelu(String in, String out) {
    graph.constant(out + "_root", (float) Math.sqrt(2));
    graph.constant(out + "_one", 1f);
    graph.constant(out + "_half", 0.5f);
    graph.node(OnnxGraph.ONNX, "Div", List.of(in, out + "_root"), out + "_scaled");
    graph.node(OnnxGraph.ONNX, "Erf", List.of(out + "_scaled"), out + "_erf");
    graph.node(OnnxGraph.ONNX, "Add", List.of(out + "_erf", out + "_one"), out + "_sum");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(in, out + "_sum"), out + "_product");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(out + "_product", out + "_half"), out);
  }

  /// x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³))), likewise.
  private void geluByTanh(String in, String out) {
    graph.constant(out + "_kappa", 0.044715f);
    graph.constant(out + "_beta", (float) Math.sqrt(2 / Math.PI));
    graph.constant(out + "_one", 1f);
    graph.constant(out + "_half", 0.5f);
    graph.node(OnnxGraph.ONNX, "Mul", List.of(in, in), out + "_square");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(in, out + "_square"), out + "_cube");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(out + "_cube", out + "_kappa"), out + "_term");
    graph.node(OnnxGraph.ONNX, "Add", List.of(in, out + "_term"), out + "_cubic");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(out + "_cubic", out + "_beta"), out + "_scaled");
    graph.node(OnnxGraph.ONNX, "Tanh", List.of(out + "_scaled"), out + "_tanh");
    graph.node(OnnxGraph.ONNX, "Add", List.of(out + "_tanh", out + "_one"), out + "_sum");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(in, out + "_sum"), out + "_product");
    graph.node(OnnxGraph.ONNX, "Mul", List.of(out + "_product", out + "_half"), out);
  }

  /// @param kind of tensor, by its first letter; a layer with a name has PyTorch's names
  private String constant(String kind, int index, Tensor tensor) {
    String name =
        places.get(index).name().map(layer -> layer + "." + TENSORS.get(kind)).orElse(kind + index);
    graph.constant(name, tensor);
    return name;
  }

  /// The attributes of a convolution.
  public static Attribute[] window(Convolution layer) {
    return window(layer.window(), layer.groups());
  }

  /// The attributes of a convolution with such a window.
  static Attribute[] window(Window window, int groups) {
    return with(window(window), groups > 1, Attribute.of("group", groups));
  }

  /// The attributes of a window.
  public static Attribute[] window(Window window) {
    List<Integer> dilations = List.of(window.rows().dilation(), window.columns().dilation());
    Attribute[] plain = {
      Attribute.of("kernel_shape", List.of(window.rows().kernel(), window.columns().kernel())),
      Attribute.of("strides", List.of(window.rows().stride(), window.columns().stride())),
      Attribute.of("pads", window.sides())
    };
    Attribute[] dilated =
        with(plain, !dilations.equals(List.of(1, 1)), Attribute.of("dilations", dilations));
    return with(dilated, window.ceil(), Attribute.of("ceil_mode", 1));
  }

  private static Attribute[] with(Attribute[] attributes, boolean condition, Attribute other) {
    return condition
        ? Stream.concat(Stream.of(attributes), Stream.of(other)).toArray(Attribute[]::new)
        : attributes;
  }

  /// Gives the values of each input another shape.
  ///
  /// @param batch inputs of one run, or [OnnxGraph#ANY_BATCH]
  public static void reshape(OnnxGraph graph, int batch, Shape shape, String in, String out) {
    long[] dimensions = new long[shape.rank() + 1];
    // As an extent of Reshape, 0 keeps what is there; ANY_BATCH is 0.
    dimensions[0] = batch;
    System.arraycopy(OnnxGraph.dimensions(shape), 0, dimensions, 1, shape.rank());
    String name = out + "_shape";
    graph.constant(name, dimensions);
    graph.node(OnnxGraph.ONNX, "Reshape", List.of(in, name), out);
  }
}
