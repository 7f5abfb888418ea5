package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// The kinds of places along one axis of an image, by the part of the kernel that lies inside: that
/// of the middle is kind 0.
///
/// @param axis along which the kernel goes
/// @param extent of the image that is read
/// @param outputs places
record Border(Window.Axis axis, int extent, int outputs) {
  static Border ofRows(Geometry read) {
    return new Border(read.window().rows(), read.rows(), read.outputRows());
  }

  static Border ofColumns(Geometry read) {
    return new Border(read.window().columns(), read.columns(), read.outputColumns());
  }

  private BitSet inside(int output) {
    BitSet inside = new BitSet();
    for (int tap = 0; tap < axis.kernel(); tap++) {
      int read = axis.read(output, tap);
      inside.set(tap, read >= 0 && read < extent);
    }
    return inside;
  }

  private List<BitSet> all() {
    List<BitSet> kinds = new ArrayList<>(List.of(inside(outputs / 2)));
    for (int output = 0; output < outputs; output++) {
      if (!kinds.contains(inside(output))) {
        kinds.add(inside(output));
      }
    }
    return kinds;
  }

  /// A place of each kind.
  List<Integer> examples() {
    List<Integer> examples = new ArrayList<>();
    for (BitSet kind : all()) {
      int output = 0;
      while (!inside(output).equals(kind)) {
        output++;
      }
      examples.add(output);
    }
    return examples;
  }

  /// The kinds other than 0, by where in the image the first element of the kernel lies.
  Map<Integer, Integer> others() {
    List<BitSet> all = all();
    Map<Integer, Integer> others = new TreeMap<>();
    for (int output = 0; output < outputs; output++) {
      int kind = all.indexOf(inside(output));
      if (kind > 0) {
        others.put(axis.read(output, 0), kind);
      }
    }
    return others;
  }
}
