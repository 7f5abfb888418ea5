package org.pdnn.benchmark.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Reshape;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Weighted;
import org.pdnn.network.Window;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.OnnxGraph;
import org.pdnn.onnx.runtime.OnnxSession;

/// A deterministic network in eight bits: ONNX Runtime's static quantisation by its own operators.
///
/// Weights are signed with one scale per output and no zero point, activations unsigned; biases
/// have 32 bits. What range an activation has is calibrated: the 32-bit network runs on the given
/// inputs.
public final class QuantisedGraph {
  /// Beyond this a sigmoid is nearer to 0 or 1 than to the next of 256 levels.
  private static final float SATURATION = 8;

  private static final int TANH_STEPS = 127;

  /// Levels of a wider scale than this reach beyond 1.
  private static final float MOST_CLIP_SCALE = new LevelRange(0, 1).scale();

  private final Network network;
  private final OnnxGraph graph;
  private final int batch;
  private final Map<Integer, LevelRange> ranges;

  /// The value that the next layer reads, and what its levels mean.
  private String value = OnnxGraph.INPUT;

  private float scale;
  private int zeroPoint;
  private String levels = "";

  private QuantisedGraph(Network network, int batch, Map<Integer, LevelRange> ranges) {
    this.network = network;
    this.batch = batch;
    this.ranges = ranges;
    this.graph = new OnnxGraph(batch, network.input());
  }

  /// The model, as in an `.onnx` file.
  ///
  /// @param network of dense layers, convolutions, pools, flatten, reshape and deterministic
  ///   neurons of 32 bits; batch norms folded
  /// @param inputs what to calibrate the ranges with; a run has as many
  /// @throws IllegalArgumentException if the network has another layer
  public static byte[] of(Network network, float[][] inputs) {
    return of(network, inputs, inputs.length);
  }

  /// The model for inputs that its ranges were not calibrated with.
  ///
  /// @param network as above
  /// @param calibration what to calibrate the ranges with
  /// @param batch how many inputs a run has
  public static byte[] of(Network network, float[][] calibration, int batch) {
    network.requireChain("quantising");
    Map<Integer, LevelRange> ranges = calibrate(network, calibration);
    QuantisedGraph made = new QuantisedGraph(network, batch, ranges);
    made.quantiseInput(calibration);
    for (int i = 0; i < network.layers().size(); i++) {
      made.layer(network.layers().get(i), i);
    }
    made.finish();
    return made.graph.toBytes();
  }

  /// The range of each layer of weights, as far as the neurons after it can tell values apart.
  private static Map<Integer, LevelRange> calibrate(Network network, float[][] inputs) {
    List<Integer> weighted = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i).tensors().containsKey("weight")) {
        weighted.add(i);
      }
    }
    Map<Integer, LevelRange> ranges = new LinkedHashMap<>();
    byte[] model = FloatGraph.of(network, inputs.length, weighted);
    try (OnnxSession session = new OnnxSession(model, network.input(), inputs, 1)) {
      session.run();
      for (int layer : weighted) {
        LevelRange range = LevelRange.of(session.values(FloatGraph.output(layer)));
        ranges.put(layer, range.within(bounds(network, layer)));
      }
    }
    return ranges;
  }

  /// What the neurons after a layer of weights can tell apart.
  private static LevelRange bounds(Network network, int layer) {
    for (Layer next : network.layers().subList(layer + 1, network.layers().size())) {
      switch (next) {
        case MaxPool _, Rearrangement _ -> {}
        case Neurons(Neuron neuron) -> {
          return switch (neuron.activation()) {
            case SIGMOID -> new LevelRange(-SATURATION, SATURATION);
            case TANH -> new LevelRange(-SATURATION / 2, SATURATION / 2);
            case RELU -> new LevelRange(0, Float.MAX_VALUE);
            case CLIP -> new LevelRange(0, 1);
            case IDENTITY, LEAKY_RELU, ELU, SELU, GELU, GELU_TANH, SILU, HARD_SWISH ->
                new LevelRange(-Float.MAX_VALUE, Float.MAX_VALUE);
          };
        }
        case Weighted _, Scaling _, AveragePool _, GlobalAveragePool _, Join _ -> {
          return new LevelRange(-Float.MAX_VALUE, Float.MAX_VALUE);
        }
      }
    }
    return new LevelRange(-Float.MAX_VALUE, Float.MAX_VALUE);
  }

  private void quantiseInput(float[][] inputs) {
    LevelRange range = new LevelRange(0, Float.MIN_NORMAL);
    for (float[] input : inputs) {
      LevelRange own = LevelRange.of(input);
      range = new LevelRange(Math.min(range.low(), own.low()), Math.max(range.high(), own.high()));
    }
    meaning("x_levels", range.scale(), range.zeroPoint());
    graph.node(
        OnnxGraph.ONNX, "QuantizeLinear", List.of(value, scaleName(), zeroName()), "x_quantised");
    value = "x_quantised";
  }

  private void layer(Layer layer, int index) {
    String out = FloatGraph.output(index);
    switch (layer) {
      case Dense(Tensor weight, Tensor bias) -> dense(weight, bias, index);
      case Convolution convolution -> convolution(convolution, index);
      case MaxPool(Window window) -> {
        Window read = window.trimmed(network.shapes().get(index));
        graph.node(OnnxGraph.ONNX, "MaxPool", List.of(value), out, FloatGraph.window(read));
        value = out;
      }
      case AveragePool pool -> average(pool, index);
      case GlobalAveragePool pool -> average(pool.over(network.shapes().get(index)), index);
      case Flatten _ -> {
        graph.node(OnnxGraph.ONNX, "Flatten", List.of(value), out);
        value = out;
      }
      case Reshape(Shape shape) -> {
        FloatGraph.reshape(graph, batch, shape, value, out);
        value = out;
      }
      case Neurons(Neuron neuron) -> fire(neuron, index);
      case TransposedConvolution _ -> throw unsupported("transposed convolution", index);
      case Embedding _ -> throw unsupported("embedding", index);
      case Scaling _ -> throw unsupported("norm", index);
      case Join _ -> throw unsupported("join", index);
    }
  }

  private void average(AveragePool pool, int index) {
    if (pool.window().padded() || pool.window().ceil()) {
      throw unsupported("mean that reads beyond the image", index);
    }
    List<String> inputs = List.of(value, scaleName(), zeroName(), scaleName(), zeroName());
    value = FloatGraph.output(index);
    graph.node(
        OnnxGraph.RUNTIME, "QLinearAveragePool", inputs, value, FloatGraph.window(pool.window()));
  }

  private static IllegalArgumentException unsupported(String layer, int index) {
    return new IllegalArgumentException(
        "layer %s: a %s is not quantised; fold batch norms first".formatted(index, layer));
  }

  private void convolution(Convolution layer, int index) {
    String out = FloatGraph.output(index);
    List<String> inputs = new ArrayList<>(List.of(value, scaleName(), zeroName()));
    Int8Weights weights = Int8Weights.of(layer.weight(), layer.bias(), scale);
    inputs.addAll(weights.addTo(graph, index, OnnxGraph.dimensions(layer.weight().shape())));
    LevelRange range = range(index);
    meaning(out + "_levels", range.scale(), range.zeroPoint());
    inputs.addAll(List.of(scaleName(), zeroName(), weights.addBiasTo(graph, index)));
    graph.node(OnnxGraph.ONNX, "QLinearConv", inputs, out, FloatGraph.window(layer));
    value = out;
  }

  private void dense(Tensor weight, Tensor bias, int index) {
    String out = FloatGraph.output(index);
    int outputs = weight.shape().dimension(0);
    int fanIn = weight.shape().dimension(1);
    List<String> inputs = new ArrayList<>(List.of(value, scaleName(), zeroName()));
    Int8Weights weights = Int8Weights.of(weight, bias, scale);
    inputs.addAll(weights.transposed().addTo(graph, index, fanIn, outputs));
    inputs.add(weights.addBiasTo(graph, index));
    if (index == network.layers().size() - 1) {
      // Without a range QGemm gives real numbers.
      levels = "";
    } else {
      LevelRange range = range(index);
      meaning(out + "_levels", range.scale(), range.zeroPoint());
      inputs.addAll(List.of(scaleName(), zeroName()));
    }
    graph.node(OnnxGraph.RUNTIME, "QGemm", inputs, out);
    value = out;
  }

  private LevelRange range(int layer) {
    LevelRange range = ranges.get(layer);
    if (range == null) {
      throw new IllegalStateException("layer " + layer + " was not calibrated");
    }
    return range;
  }

  /// Only the sigmoid is a table of its own in ONNX Runtime. A tanh is one too, tanh(I) = 2
  /// sigmoid(2 I) - 1: its input is read with twice the scale, its output q / 254 as (q - 127) /
  /// 127. A relu has been made by the range that begins at 0, a clip by that from 0 to 1, and an
  /// identity is none.
  private void fire(Neuron neuron, int index) {
    Activation activation = neuron.activation();
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        if (zeroPoint != 0) {
          throw unsupported("relu that follows no layer of weights", index);
        }
      }
      case CLIP -> {
        if (zeroPoint != 0 || scale > MOST_CLIP_SCALE) {
          throw unsupported("clip that follows no layer of weights", index);
        }
      }
      case SIGMOID -> sigmoid(index, scale, 1f / 255);
      case TANH -> {
        sigmoid(index, 2 * scale, 1f / (2 * TANH_STEPS));
        meaning(value + "_tanh", 1f / TANH_STEPS, TANH_STEPS);
      }
      case LEAKY_RELU, ELU, SELU, GELU, GELU_TANH, SILU, HARD_SWISH ->
          throw unsupported(activation.toString(), index);
    }
  }

  private void sigmoid(int index, float inScale, float outScale) {
    String out = FloatGraph.output(index);
    List<String> inputs = new ArrayList<>(List.of(value));
    meaning(out + "_in", inScale, zeroPoint);
    inputs.addAll(List.of(scaleName(), zeroName()));
    meaning(out + "_levels", outScale, 0);
    inputs.addAll(List.of(scaleName(), zeroName()));
    graph.node(OnnxGraph.RUNTIME, "QLinearSigmoid", inputs, out);
    value = out;
  }

  private void finish() {
    if (!levels.isEmpty()) {
      List<String> inputs = List.of(value, scaleName(), zeroName());
      graph.node(OnnxGraph.ONNX, "DequantizeLinear", inputs, "logits");
      value = "logits";
    }
    graph.output(value, network.output());
  }

  /// From here on, level q of the value means (q - zero point) times scale.
  private void meaning(String name, float newScale, int newZeroPoint) {
    levels = name;
    scale = newScale;
    zeroPoint = newZeroPoint;
    graph.constant(scaleName(), newScale);
    graph.unsigned(zeroName(), newZeroPoint);
  }

  private String scaleName() {
    return levels + "_scale";
  }

  private String zeroName() {
    return levels + "_zero";
  }
}
