package org.pdnn.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import org.pdnn.files.AtomicFile;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Division;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.Threshold;
import org.pdnn.integer.Values;
import org.pdnn.names.Limits;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// A network in integers as ONNX, its randomness as inputs.
///
/// Inputs are `x` (batch, and the shape of one input) and for each layer of p-bits, that is layer i
/// of the network, `ui` (T, batch, units): numbers in [0, 1), as NumPy's `random(dtype=float32)`
/// draws them. The units of an image are its channels, rows and columns, as everywhere in ONNX; the
/// word of a unit is addressed by (row * columns + column) * channels + channel, and u is the upper
/// 24 bits of it over 2^24. Where a pool lies after p-bits its units are those of the pool. A
/// network without p-bits has T = 1 and no such input.
///
/// Outputs are `passes` (T, batch, and the shape of one output), the outputs of each pass, and
/// `logits`, their mean over the passes; both in 64 bits.
///
/// Given the words of a run, `passes` has the bits of the reference of that run (package
/// `sampling`), whatever order a runtime sums in, for each number is an integer that is exact:
/// codes are below 2^24 in 32 bits, as are their sums ([SampledWeights]); pre-activations are below
/// 2^53 in 64 bits, where a product with a power of 2 and a floor are an arithmetic shift;
/// thresholds and levels are from tables. Only the mean depends on the order of its sum, in its
/// last bits. All p-bits are drawn, the last hidden ones too.
public final class SampledGraph {
  /// The name of the output of all passes.
  public static final String PASSES = "passes";

  /// The name of their mean.
  public static final String LOGITS = "logits";

  /// The most passes of one file.
  public static final int MOST_SAMPLES = 1 << 16;

  private static final double ONE = Threshold.ONE;

  private final OnnxGraph graph;
  private final GraphValues values;
  private final IntegerNetwork network;
  private final boolean[] drawn;
  private final int samples;

  /// What the input becomes, and then by node: (batch, channels, rows, columns), where drawn (T *
  /// batch, channels, rows, columns); codes in 32 bits, all else in 64.
  private final List<String> found = new ArrayList<>();

  private SampledGraph(IntegerNetwork network, int samples) {
    Limits.between("samples", 1, MOST_SAMPLES, samples);
    this.graph = new OnnxGraph(OnnxGraph.ANY_BATCH, network.input());
    this.values = new GraphValues(graph);
    this.network = network;
    this.drawn = network.drawn();
    this.samples = network.random() ? samples : 1;
    found.add(quantised(network.grid(), network.values(Place.INPUT)));
    for (Node node : network.nodes()) {
      found.add(output(node));
    }
    readOut(network.nodes().getLast().values(), found.getLast());
  }

  /// The model, as in an `.onnx` file.
  ///
  /// @param samples T, 1 to 65,536
  /// @throws IllegalArgumentException if a sum could be inexact, which takes 130,000 weights of an
  ///   output
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

  /// [InputGrid#code].
  private String quantised(InputGrid grid, Values out) {
    String steps = values.apply("Mul", OnnxGraph.INPUT, values.number(1 / grid.step()));
    String near =
        values.apply(
            "Clip",
            values.apply("Round", steps),
            values.number(-grid.zero()),
            values.number(InputGrid.MOST - grid.zero()));
    return image(values.apply("Add", near, values.number(grid.zero())), out);
  }

  private String output(Node node) {
    int from = node.reads().getFirst();
    Values in = network.values(from);
    Values out = node.values();
    String x = found.get(from + 1);
    return switch (node.layer()) {
      case IntegerLayer.Linear(var weights, var affine) ->
          affine(new SampledWeights(values, weights, in).sums(x), affine, out);
      case IntegerLayer.Logits(var weights, var readout) -> {
        String sums = new SampledWeights(values, weights, in).sums(x);
        String scaled = values.apply("Mul", sums, byChannel(out, readout::scale));
        yield values.apply("Add", scaled, byPixel(out, readout.byPixel(), readout::bias));
      }
      case IntegerLayer.Rescale(var affine) -> affine(values.wide(x), affine, out);
      case IntegerLayer.Sum _ -> values.apply("Sum", operands(node));
      case IntegerLayer.Mixture(List<Integer> multipliers) -> {
        List<String> terms = new ArrayList<>();
        for (String operand : operands(node)) {
          terms.add(times(values.wide(operand), share(multipliers.get(terms.size()))));
        }
        yield coded(nearest(values.apply("Sum", terms)), out);
      }
      case IntegerLayer.Gate(var division) -> {
        String product = values.wide(share(division.multiplier()));
        for (String operand : operands(node)) {
          product = values.apply("Mul", product, values.wide(operand));
        }
        yield coded(nearest(product), out);
      }
      case IntegerLayer.Concatenation _ ->
          values.apply("Concat", operands(node), Attribute.of("axis", 1));
      // In this order of axes the values stay where they are.
      case IntegerLayer.Arrangement _ -> image(x, out);
      case IntegerLayer.Greatest(Window window) -> {
        Shape shape = Shape.of(in.channels(), in.rows(), in.columns());
        yield values.apply("MaxPool", List.of(x), FloatGraph.window(window.trimmed(shape)));
      }
      case IntegerLayer.Mean(Window window, var division) -> {
        String rows = values.apply("Sum", taps(values.wide(x), 2, window.rows(), out.rows()));
        String all = values.apply("Sum", taps(rows, 3, window.columns(), out.columns()));
        yield coded(nearest(times(all, share(division.multiplier()))), out);
      }
      case IntegerLayer.Levels(var table) -> values.lookedUp(x, table::code);
      case IntegerLayer.PBits bits -> bits(bits, x, differs(from), out);
    };
  }

  /// What a node reads; what is the same in every pass is repeated where others are not.
  private List<String> operands(Node node) {
    boolean any = node.reads().stream().anyMatch(this::differs);
    List<String> operands = new ArrayList<>();
    for (int from : node.reads()) {
      String one = found.get(from + 1);
      operands.add(
          any && !differs(from)
              ? values.apply("Tile", one, values.integers(samples, 1, 1, 1))
              : one);
    }
    return operands;
  }

  /// Whether what a node gives differs between passes.
  private boolean differs(int node) {
    return node != Place.INPUT && drawn[node];
  }

  /// (M (sum >> R) + B) >> S of numbers in 64 bits.
  private String affine(String sums, Affine affine, Values out) {
    String shifted = sums;
    if (affine.preShift() > 0) {
      shifted = values.apply("Floor", times(sums, Math.scalb(1.0, -affine.preShift())));
    }
    String multipliers =
        byChannel(out, c -> Math.scalb((double) affine.multiplier(c), -affine.shift(c)));
    String biases =
        byPixel(
            out,
            affine.byPixel(),
            (pixel, c) -> Math.scalb((double) affine.bias(pixel, c), -affine.shift(c)));
    return values.apply(
        "Floor", values.apply("Add", values.apply("Mul", shifted, multipliers), biases));
  }

  @FunctionalInterface
  private interface ByPixel {
    double of(int pixel, int channel);
  }

  private String byChannel(Values out, IntToDoubleFunction number) {
    return byPixel(out, false, (pixel, channel) -> number.applyAsDouble(channel));
  }

  /// @param differ whether pixels do
  private String byPixel(Values out, boolean differ, ByPixel number) {
    int pixels = differ ? out.pixels() : 1;
    double[] numbers = new double[out.channels() * pixels];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number.of(i % pixels, i / pixels);
    }
    return differ
        ? values.doubles(numbers, out.channels(), out.rows(), out.columns())
        : values.doubles(numbers, out.channels(), 1, 1);
  }

  /// What a division multiplies by.
  private static double share(int multiplier) {
    return (double) multiplier / Division.ONE;
  }

  private String times(String value, double factor) {
    return values.apply("Mul", value, values.wide(factor));
  }

  /// The nearest integer.
  private String nearest(String value) {
    return values.apply("Floor", values.apply("Add", value, values.wide(0.5)));
  }

  private String coded(String integers, Values out) {
    return out.coding().isPresent() ? values.single(integers) : integers;
  }

  private String image(String value, Values out) {
    return values.reshaped(value, -1, out.channels(), out.rows(), out.columns());
  }

  /// For each tap of a kernel without padding, what it reads along an axis.
  private List<String> taps(String value, int axis, Window.Axis window, int outputs) {
    List<String> taps = new ArrayList<>();
    for (int tap = 0; tap < window.kernel(); tap++) {
      taps.add(
          values.apply(
              "Slice",
              value,
              values.integers(window.read(0, tap)),
              values.integers(window.read(outputs - 1, tap) + 1L),
              values.integers(axis),
              values.integers(window.stride())));
    }
    return taps;
  }

  /// u < P(up), as 0 or 1: with both in units of 2^-15 and P(up) an integer there, it is the same
  /// whether u is rounded down or not.
  private String bits(IntegerLayer.PBits layer, String preActivations, boolean byPass, Values out) {
    String name = uniforms(layer.address());
    graph.input(name, "uniform in [0, 1)", extents(samples, OnnxGraph.ANY_BATCH, units(out)));
    String up = values.lookedUp(preActivations, i -> layer.curve().of(i) / ONE);
    if (layer.pool().isPresent()) {
      up = any(up, layer.pool().get(), out);
    }
    String thresholds = values.reshaped(up, extents(byPass ? samples : 1, -1, units(out)));
    return image(values.single(values.apply("Less", name, thresholds)), out);
  }

  /// P(up) of the OR under each place of a window, [Threshold#either].
  private String any(String up, Window window, Values out) {
    String one = values.wide(1.0);
    String down = values.apply("Sub", one, values.wide(up));
    return taps(down, 2, window.rows(), out.rows()).stream()
        .flatMap(row -> taps(row, 3, window.columns(), out.columns()).stream())
        .reduce(this::both)
        .map(all -> values.single(values.apply("Sub", one, all)))
        .orElseThrow();
  }

  /// The product of probabilities, in units of 2^-15 too.
  private String both(String down, String other) {
    return times(nearest(times(values.apply("Mul", down, other), ONE)), 1 / ONE);
  }

  /// The extents of one input's units.
  private static long[] units(Values out) {
    return out.pixels() == 1
        ? new long[] {out.channels()}
        : new long[] {out.channels(), out.rows(), out.columns()};
  }

  private static long[] extents(long passes, long batch, long[] each) {
    return LongStream.concat(LongStream.of(passes, batch), LongStream.of(each)).toArray();
  }

  /// @param last what the last node gives: logits, or the codes or pre-activations of outputs that
  ///   no weights make
  private void readOut(Values out, String last) {
    String real = last;
    if (!(network.nodes().getLast().layer() instanceof IntegerLayer.Logits)) {
      double step = out.coding().map(coding -> coding.step()).orElse(Affine.UNIT);
      double base = out.coding().map(coding -> coding.base()).orElse(0.0);
      real = values.apply("Add", times(values.wide(last), step), values.wide(base));
    }
    long[] each = OnnxGraph.dimensions(network.output());
    String shape = values.integers(extents(samples, -1, each));
    graph.node(OnnxGraph.ONNX, "Reshape", List.of(real, shape), PASSES);
    graph.node(
        OnnxGraph.ONNX,
        "ReduceMean",
        List.of(PASSES),
        LOGITS,
        Attribute.of("axes", List.of(0)),
        Attribute.of("keepdims", 0));
    long[] passes = extents(samples, OnnxGraph.ANY_BATCH, each);
    graph.doubles(LOGITS, "mean of the passes", LongStream.of(passes).skip(1).toArray());
    graph.doubles(PASSES, "outputs of each pass", passes);
  }
}
