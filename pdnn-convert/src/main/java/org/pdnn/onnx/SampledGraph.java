package org.pdnn.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pdnn.files.AtomicFile;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.names.Limits;
import org.pdnn.network.Window;

/// A network of p-bits in integers as ONNX, its randomness as inputs.
///
/// Inputs are `x` (batch, and the shape of one input) and for each layer of p-bits, that is layer i
/// of the network, `ui` (T, batch, units): numbers in [0, 1) on the grid of 2^-24, the upper 24
/// bits of a random word over 2^24. NumPy's `random(dtype=float32)` draws such numbers. Where a
/// pool lies after p-bits its units are those of the pool.
///
/// Outputs are `passes` (T, batch, classes), the logits of each pass, and `logits` (batch,
/// classes), their mean over the passes; both in 64 bits.
///
/// Given the words of a run, `passes` has the bits of the reference of that run (package
/// `sampling`), whatever order a runtime sums in: sums of codes are integers below 2^24, exact in
/// 32 bits; pre-activations of hidden layers and logits are computed in 64 bits, where all but the
/// last rounding is exact; the first layer's pre-activations and the cubics of probabilities are
/// rounded once by an operator of our own ([SampledFunctions#fused]). Only the mean depends on the
/// order of its sum, in its last bits. All p-bits are drawn, the last hidden ones too.
public final class SampledGraph {
  /// The name of the output of all passes.
  public static final String PASSES = "passes";

  /// The name of their mean.
  public static final String LOGITS = "logits";

  /// The most passes of one file.
  public static final int MOST_SAMPLES = 1 << 16;

  private final OnnxGraph graph;
  private final GraphValues values;
  private final int samples;

  private SampledGraph(IntegerNetwork network, int samples) {
    Limits.between("samples", 1, MOST_SAMPLES, samples);
    this.graph = new OnnxGraph(OnnxGraph.ANY_BATCH, network.input());
    this.values = new GraphValues(graph);
    this.samples = samples;
    graph.function(SampledFunctions.fused());
    graph.function(SampledFunctions.down());
    graph.function(SampledFunctions.downClip());
    String bits = "";
    for (IntegerLayer layer : network.hidden()) {
      if (bits.isEmpty()) {
        String down = down(layer, firstPreActivation(layer, quantised(network.grid())));
        // The same in every pass: (batch, units) meets (T, batch, units).
        bits = bits(layer, values.apply("Sub", values.number(1), down));
      } else {
        String down = down(layer, values.single(scaled(layer, bits)));
        String threshold = values.apply("Sub", values.number(1), down);
        bits = bits(layer, values.reshaped(threshold, byPass(-1, layer)));
      }
    }
    readOut(network.output(), bits);
  }

  /// The model, as in an `.onnx` file.
  ///
  /// @param samples T, 1 to 65,536
  /// @throws IllegalArgumentException if a sum could be inexact, which no lowered network's can
  public static byte[] of(IntegerNetwork network, int samples) {
    return new SampledGraph(network, samples).graph.toBytes();
  }

  /// Writes the model whole or not at all.
  ///
  /// @param samples T, 1 to 65,536
  /// @param version of this project, written as the producer's
  /// @param notes free text by key
  /// @throws IOException in one sentence with path and remedy
  public static String write(
      IntegerNetwork network, int samples, String version, Map<String, String> notes, Path file)
      throws IOException {
    OnnxGraph graph = new SampledGraph(network, samples).graph;
    graph.note(version, notes);
    byte[] bytes = graph.toBytes();
    return AtomicFile.write(file, out -> out.write(bytes));
  }

  /// The name of a layer's random input.
  ///
  /// @param layer the index of the p-bits in the network's list of layers
  public static String uniforms(int layer) {
    return "u" + layer;
  }

  /// q - zero of each input, [InputGrid#quantise].
  private String quantised(InputGrid grid) {
    String steps = values.apply("Mul", OnnxGraph.INPUT, values.number(1 / grid.step()));
    return values.apply(
        "Clip",
        values.apply("Round", steps),
        values.number(-grid.zero()),
        values.number(InputGrid.MOST - grid.zero()));
  }

  /// The first layer's I, rounded once.
  private String firstPreActivation(IntegerLayer layer, String inputs) {
    SampledWeights weights = new SampledWeights(graph, values, layer);
    String sums = weights.sums(inputs, InputGrid.MOST);
    return values.applyOwn(
        SampledFunctions.FUSED, sums, weights.scales(false), weights.biases(false));
  }

  /// scale sum + bias in 64 bits. The cast before it also keeps a runtime from folding the scale
  /// into the codes, which would no longer be integers.
  private String scaled(IntegerLayer layer, String bits) {
    SampledWeights weights = new SampledWeights(graph, values, layer);
    String sums = values.wide(weights.sums(bits, 1));
    return values.apply(
        "Add", values.apply("Mul", sums, weights.scales(true)), weights.biases(true));
  }

  /// P(down) of each unit: under a pool of bits the product over its window, row by row; after a
  /// pool of pre-activations that of the greatest.
  private String down(IntegerLayer layer, String preActivation) {
    int pool = layer.firing().pool();
    String function =
        switch (layer.firing().curve()) {
          case SIGMOID -> SampledFunctions.DOWN;
          case CLIP -> SampledFunctions.DOWN_CLIP;
        };
    if (pool == 1) {
      return values.applyOwn(function, preActivation);
    }
    if (!layer.firing().poolsBits()) {
      String greatest =
          values.apply("MaxPool", List.of(preActivation), FloatGraph.window(Window.of(pool, pool)));
      return values.applyOwn(function, greatest);
    }
    String down = values.applyOwn(function, preActivation);
    String product = oneOfEach(layer, down, 0, 0);
    for (int i = 1; i < pool * pool; i++) {
      product = values.apply("Mul", product, oneOfEach(layer, down, i / pool, i % pool));
    }
    return product;
  }

  /// Of every pool the value in one row and column.
  private String oneOfEach(IntegerLayer layer, String value, int row, int column) {
    int pool = layer.firing().pool();
    return values.apply(
        "Slice",
        value,
        values.integers(row, column),
        values.integers((long) layer.pooledRows() * pool, (long) layer.pooledColumns() * pool),
        values.integers(2, 3),
        values.integers(pool, pool));
  }

  /// u < 1 - P(down), as 0 or 1. The threshold that the engine compares 24 bits of a word with is
  /// 2^24 times this one, rounded alike.
  private String bits(IntegerLayer layer, String threshold) {
    String name = uniforms(layer.firing().layer());
    graph.input(name, "uniform in [0, 1), multiples of 2^-24", byPass(OnnxGraph.ANY_BATCH, layer));
    return values.single(values.apply("Less", name, threshold));
  }

  /// The extents (T, batch, units).
  private long[] byPass(long batch, IntegerLayer layer) {
    int outputs = layer.field().outputs();
    return SampledWeights.isDense(layer.field())
        ? new long[] {samples, batch, outputs}
        : new long[] {samples, batch, outputs, layer.pooledRows(), layer.pooledColumns()};
  }

  private void readOut(IntegerLayer layer, String bits) {
    if (!SampledWeights.isDense(layer.field())) {
      throw new IllegalArgumentException(
          "the last layer must be dense, to give one vector per input");
    }
    int classes = layer.field().outputs();
    String shape = values.integers(samples, -1, classes);
    graph.node(OnnxGraph.ONNX, "Reshape", List.of(scaled(layer, bits), shape), PASSES);
    graph.node(
        OnnxGraph.ONNX,
        "ReduceMean",
        List.of(PASSES),
        LOGITS,
        Attribute.of("axes", List.of(0)),
        Attribute.of("keepdims", 0));
    graph.doubles(LOGITS, "mean of the passes", OnnxGraph.ANY_BATCH, classes);
    graph.doubles(PASSES, "logits of each pass", samples, OnnxGraph.ANY_BATCH, classes);
  }
}
