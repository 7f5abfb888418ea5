package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.integer.Affine;
import org.pdnn.sums.Geometry;

/// Multiplier, shift and bias of all units, as they lie in the memory of the neuron: layer by layer
/// a row of units or, where padding changes biases, a row for each kind of place at the [Border].
///
/// @param layers of p-bits
record Parameters(List<PBitLayer> layers) {
  static final int MULTIPLIER_BITS = 15;
  static final int SHIFT_BITS = 5;
  static final int BIAS_BITS = 31;
  static final int BITS = MULTIPLIER_BITS + SHIFT_BITS + BIAS_BITS;

  Parameters {
    layers = List.copyOf(layers);
  }

  int addressBits() {
    return Memory.addressBits(Math.max(2, first(layers.size())));
  }

  /// Where the row of a layer begins that its middle reads.
  int first(int layer) {
    return layers.subList(0, layer).stream()
        .mapToInt(each -> pixels(each).size() * each.affine().outputs())
        .sum();
  }

  /// How much further the row begins for other places, by the row of the image in which the kernel
  /// begins.
  Map<Integer, Integer> furtherByRow(int layer) {
    PBitLayer here = layers.get(layer);
    Geometry read = here.weights().weights().geometry();
    return further(here, Border.ofRows(read), Border.ofColumns(read).examples().size());
  }

  /// The same by the column; both add up.
  Map<Integer, Integer> furtherByColumn(int layer) {
    PBitLayer here = layers.get(layer);
    return further(here, Border.ofColumns(here.weights().weights().geometry()), 1);
  }

  private static Map<Integer, Integer> further(PBitLayer layer, Border border, int rows) {
    Map<Integer, Integer> further = new TreeMap<>();
    if (layer.affine().byPixel()) {
      border
          .others()
          .forEach((from, kind) -> further.put(from, kind * rows * layer.affine().outputs()));
    }
    return further;
  }

  /// A pixel of the image that a layer writes for each of its rows.
  private static List<Integer> pixels(PBitLayer layer) {
    if (!layer.affine().byPixel()) {
      return List.of(0);
    }
    Geometry read = layer.weights().weights().geometry();
    List<Integer> pixels = new ArrayList<>();
    for (int row : Border.ofRows(read).examples()) {
      for (int column : Border.ofColumns(read).examples()) {
        pixels.add(row * read.outputColumns() + column);
      }
    }
    return pixels;
  }

  List<Long> words() {
    List<Long> words = new ArrayList<>();
    for (PBitLayer layer : layers) {
      for (int pixel : pixels(layer)) {
        for (int output = 0; output < layer.affine().outputs(); output++) {
          words.add(word(layer.affine(), pixel, output));
        }
      }
    }
    return words;
  }

  private static long word(Affine affine, int pixel, int output) {
    long multiplier = affine.multiplier(output) & (1L << MULTIPLIER_BITS) - 1;
    long bias = affine.bias(pixel, output) & (1L << BIAS_BITS) - 1;
    return (multiplier << SHIFT_BITS | affine.shift(output)) << BIAS_BITS | bias;
  }
}
