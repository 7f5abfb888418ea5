package org.pdnn.sampling;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.pdnn.sampling.pbits.PBits;

/// What a node of a network in integers gives, row by row: a row for each input, or for each pass
/// of one. Codes are bytes; pre-activations, and codes in units of 2^-15, ints.
final class Cells {
  final MemorySegment memory;
  final int units;
  private final boolean bytes;

  /// @param bytes whether each is one, and no int
  Cells(Arena arena, int units, boolean bytes, int rows) {
    this.units = units;
    this.bytes = bytes;
    long size = (long) rows * units * (bytes ? 1 : Integer.BYTES);
    this.memory = arena.allocate(size + PBits.PADDING, Long.SIZE);
  }

  /// Where a row begins, in units.
  long at(int row) {
    return (long) row * units;
  }

  int get(long at) {
    return bytes ? memory.get(JAVA_BYTE, at) & 0xFF : memory.getAtIndex(JAVA_INT, at);
  }

  void set(long at, int value) {
    if (bytes) {
      memory.set(JAVA_BYTE, at, (byte) value);
    } else {
      memory.setAtIndex(JAVA_INT, at, value);
    }
  }

  /// One of the rows.
  ///
  /// @param at where it begins
  /// @param shift of what is read there
  record Row(Cells cells, long at, int shift) implements WeightlessLayers.Row {
    @Override
    public int units() {
      return cells.units;
    }

    @Override
    public int get(int unit) {
      return cells.get(at + unit) << shift;
    }

    @Override
    public void set(int unit, int value) {
      cells.set(at + unit, value);
    }
  }

  Row row(int row) {
    return new Row(this, at(row), 0);
  }

  /// Copies rows to others.
  ///
  /// @param to the first that is written
  /// @param from the first that is read
  void copyTo(Cells other, int to, int count, int from) {
    long size = (long) units * (bytes ? 1 : Integer.BYTES);
    MemorySegment.copy(memory, from * size, other.memory, to * size, count * size);
  }
}
