package org.pdnn.ising.dynamics;

/// In how many words each of 64 bits is set: a counter for each bit, whose own bits stand in
/// planes, so that a word is added to all of them at once.
final class BitCounts {
  private final long[] planes = new long[Integer.SIZE];

  void add(long word) {
    long carry = word;
    for (int plane = 0; carry != 0; plane++) {
      long next = planes[plane] & carry;
      planes[plane] ^= carry;
      carry = next;
    }
  }

  int of(int bit) {
    int count = 0;
    for (int plane = 0; plane < planes.length; plane++) {
      count |= (int) (planes[plane] >>> bit & 1) << plane;
    }
    return count;
  }
}
