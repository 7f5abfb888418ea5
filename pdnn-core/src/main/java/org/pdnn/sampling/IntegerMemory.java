package org.pdnn.sampling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Values;
import org.pdnn.network.Place;
import org.pdnn.sampling.IntegerProgram.Turn;
import org.pdnn.sampling.pbits.PBits;

/// What the nodes of a network in integers give, for one thread: for the rows of a node's own turn,
/// and once more for all rows of a later turn that reads it.
final class IntegerMemory {
  /// Rows of one product of vectors: beyond, its sums leave the second cache.
  static final int MOST_ROWS = 640;

  /// Bytes of sums of images that stay in the second cache.
  private static final long CACHED = 640 << 10;

  private static final int MOST_FEW = 64;

  private final IntegerProgram program;
  private final Expectations expectations;
  private final Arena arena = Arena.ofAuto();
  private final int inputs;
  private final int rows;
  private final int few;

  /// By node, after the input.
  private final @Nullable Cells[] own;

  private final @Nullable Cells[] kept;

  /// @param inputs for which there is memory
  /// @param rows that go through the network together
  IntegerMemory(IntegerProgram program, Expectations expectations, int inputs, int rows) {
    this.program = program;
    this.expectations = expectations;
    this.inputs = inputs;
    this.rows = rows;
    this.few = few(program.network);
    int nodes = program.network.nodes().size();
    this.own = new Cells[nodes + 1];
    this.kept = new Cells[nodes + 1];
    for (int i = Place.INPUT; i < nodes; i++) {
      if (!program.inner(i)) {
        own[i + 1] = cells(i, capacity(program.turn(i)));
      }
      if (crosses(i)) {
        kept[i + 1] = cells(i, program.turn(i) == Turn.SHARED ? inputs : capacity(Turn.MANY));
      }
    }
  }

  /// As many rows of images as have their largest sums in the second cache.
  private int few(IntegerNetwork network) {
    long largest = 1;
    for (int i = 0; i < network.nodes().size(); i++) {
      if (program.turn(i) != Turn.MANY) {
        largest = Math.max(largest, (long) Integer.BYTES * network.values(i).units());
      }
    }
    return Math.clamp(CACHED / largest, 1, MOST_FEW);
  }

  /// Whether a node of a later turn reads one from memory. Thresholds that all passes share are
  /// kept elsewhere.
  private boolean crosses(int node) {
    IntegerNetwork network = program.network;
    for (int i = 0; i < network.nodes().size(); i++) {
      boolean later = program.turn(i) != program.turn(node);
      boolean once =
          network.nodes().get(i).layer() instanceof IntegerLayer.PBits && program.preparedOnce(i);
      if (later && !once && network.nodes().get(i).reads().contains(node)) {
        return true;
      }
    }
    return false;
  }

  private Cells cells(int node, int count) {
    Values values = program.network.values(node);
    boolean bytes = values.coding().isPresent() && !expectations.in(node);
    return new Cells(arena, values.units(), bytes, count);
  }

  /// So many bytes, and what kernels may overwrite after them.
  MemorySegment bytes(long size) {
    return arena.allocate(size + PBits.PADDING, Long.SIZE);
  }

  /// Whether there is memory for so much.
  boolean holds(int someInputs, int someRows) {
    return someInputs <= inputs && someRows <= rows;
  }

  int inputs() {
    return inputs;
  }

  /// Rows that go through the nodes of a turn together at most.
  int together(Turn turn) {
    return switch (turn) {
      case SHARED -> Math.min(few, inputs);
      case FEW -> Math.min(few, rows);
      case MANY -> rows;
    };
  }

  /// Rows that there is memory for.
  int capacity(Turn turn) {
    return rounded(together(turn));
  }

  /// A number of rows that products are made for, at most a fourth more.
  static int rounded(int count) {
    int unit = Math.max(1, Integer.highestOneBit(count) / 4);
    return Math.ceilDiv(count, unit) * unit;
  }

  /// What a node gives to its own turn.
  Cells own(int node) {
    return Objects.requireNonNull(own[node + 1]);
  }

  /// What a node gives to a turn.
  Cells read(int node, Turn turn) {
    return program.turn(node) == turn ? own(node) : Objects.requireNonNull(kept[node + 1]);
  }

  /// Copies what later turns read of some rows.
  ///
  /// @param to the first row that is written
  /// @param from the first that is read
  void keep(Turn turn, int to, int count, int from) {
    for (int i = 0; i < kept.length; i++) {
      Cells later = kept[i];
      if (later != null && program.turn(i - 1) == turn) {
        Objects.requireNonNull(own[i]).copyTo(later, to, count, from);
      }
    }
  }
}
