package org.pdnn.circuit.accelerator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.circuit.Wiring;
import org.pdnn.integer.WeightCodes;
import org.pdnn.sums.Geometry;

/// The inputs that each unit of a dense layer reads where most weights are 0: those of the others.
///
/// @param inputs by unit, ascending; their number may differ from unit to unit
record Mask(List<int[]> inputs) {
  /// A layer is masked if no unit reads more than this part of its inputs: then a weight and the
  /// number of its input take no more memory than all weights.
  private static final int MOST_READ = 2;

  Mask {
    inputs = List.copyOf(inputs);
  }

  /// The mask of a layer that has one.
  static Optional<Mask> of(WeightCodes weights) {
    Geometry read = weights.geometry();
    if (read.rows() * read.columns() > 1 || read.fanIn() != read.channels()) {
      return Optional.empty();
    }
    byte[] codes = weights.codes();
    List<int[]> inputs =
        IntStream.range(0, read.outputs())
            .mapToObj(unit ->
                IntStream.range(0, read.fanIn())
                    .filter(input -> codes[unit * read.fanIn() + input] != 0)
                    .toArray())
            .toList();
    Mask mask = new Mask(inputs);
    return mask.terms() * MOST_READ <= read.fanIn() ? Optional.of(mask) : Optional.empty();
  }

  /// Bits of an input's number in the masked ones of some layers, 0 if none is.
  static int bits(List<WeightLayer> layers) {
    return layers.stream()
        .flatMap(layer -> layer.mask().stream())
        .mapToInt(Mask::last)
        .map(Wiring::bits)
        .max()
        .orElse(0);
  }

  /// The last input that any unit reads.
  private int last() {
    return inputs.stream().flatMapToInt(Arrays::stream).max().orElse(0);
  }

  /// Terms of every unit: as many inputs as the unit of most has, at least one.
  int terms() {
    return inputs.stream().mapToInt(each -> each.length).reduce(1, Math::max);
  }

  /// The input of a unit's term, -1 for terms beyond those that it has.
  int input(int unit, int term) {
    int[] read = inputs.get(unit);
    return term < read.length ? read[term] : -1;
  }
}
