package org.pdnn.circuit;

import java.util.Map;

/// A circuit as arrays: operations in an order in which each finds its operands, and what an edge
/// does.
///
/// @param initial of each slot: constants, and registers at their reset values
/// @param operations in rows: operator, target, three operands
/// @param masks the bits of each operation's result, or how far its operands are shifted
/// @param registers in rows of [#REGISTER]: target, clear, enable, next
/// @param resets of each register
/// @param reads in rows of [#READ]: target, memory, address
/// @param writes in rows of [#WRITE]: memory, enable, address, data
/// @param contents of each memory
/// @param places of signals, by path
@SuppressWarnings("ArrayRecordComponent") // made for one emulator, compared by nobody
record Program(
    long[] initial,
    int[] operations,
    long[] masks,
    int[] registers,
    long[] resets,
    int[] reads,
    int[] writes,
    long[][] contents,
    Map<String, Place> places) {
  /// The slot of the reset.
  static final int RESET = 0;

  static final int ROW = 5;
  static final int REGISTER = 4;
  static final int READ = 3;
  static final int WRITE = 4;

  static final int ADD = 0;
  static final int SUBTRACT = 1;
  static final int AND = 2;
  static final int OR = 3;
  static final int XOR = 4;
  static final int NOT = 5;
  static final int MULTIPLY = 6;
  static final int EQUAL = 7;
  static final int LESS = 8;

  /// The mask is a shift that brings the signs to bit 63.
  static final int LESS_SIGNED = 9;

  static final int MUX = 10;

  /// Bits from operand b on.
  static final int SLICE = 11;

  /// a, shifted by operand c, above b.
  static final int JOIN = 12;

  /// Operand b is a shift that brings the sign to bit 63.
  static final int SIGN_EXTEND = 13;

  /// Where a signal is.
  record Place(int slot, int width, boolean input) {}

  /// Number of slots that an edge changes.
  int edges() {
    return resets.length + reads.length / READ;
  }

  /// Computes all signals from inputs, registers and memories.
  void settle(long[] v) {
    int[] row = operations;
    for (int i = 0, at = 0; i < masks.length; i++, at += ROW) {
      long mask = masks[i];
      int a = row[at + 2];
      int b = row[at + 3];
      int c = row[at + 4];
      v[row[at + 1]] =
          switch (row[at]) {
            case ADD -> (v[a] + v[b]) & mask;
            case SUBTRACT -> (v[a] - v[b]) & mask;
            case AND -> v[a] & v[b];
            case OR -> v[a] | v[b];
            case XOR -> v[a] ^ v[b];
            case NOT -> ~v[a] & mask;
            case MULTIPLY -> (v[a] * v[b]) & mask;
            case EQUAL -> v[a] == v[b] ? 1 : 0;
            case LESS -> v[a] + Long.MIN_VALUE < v[b] + Long.MIN_VALUE ? 1 : 0;
            case LESS_SIGNED -> v[a] << mask < v[b] << mask ? 1 : 0;
            case MUX -> v[v[a] != 0 ? b : c];
            case SLICE -> v[a] >>> b & mask;
            case JOIN -> v[a] << c | v[b];
            default -> v[a] << b >> b & mask;
          };
    }
  }
}
