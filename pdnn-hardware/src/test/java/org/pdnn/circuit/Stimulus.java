package org.pdnn.circuit;

import java.util.List;

/// Bits to feed circuits with, made in so few operations that simulators spend their time on what
/// is tested.
public final class Stimulus {
  private Stimulus() {}

  private static final long FACTOR = 0xFFFFDA61L;

  /// A register of 64 bits with a new state in every cycle, [#next].
  public static List<Part> register(Signal state, long seed) {
    Signal product = new Signal(state.name() + "_product", 64);
    return List.of(
        new Part.Wire(product, state.bits(31, 0).times(Expression.constant(FACTOR, 32))),
        new Part.Register(state, seed, product.plus(state.top(32).extended(64))));
  }

  /// The state after a state: multiply with carry.
  public static long next(long state) {
    return (state & 0xFFFFFFFFL) * FACTOR + (state >>> 32);
  }

  /// Drives a signal by other bits, stirred: xorshift.
  static void stir(List<Part> parts, Signal target, Expression from) {
    Signal a = new Signal(target.name() + "_a", 64);
    Signal b = new Signal(target.name() + "_b", 64);
    Signal c = new Signal(target.name() + "_c", 64);
    parts.add(new Part.Wire(a, from));
    parts.add(new Part.Wire(b, a.xor(a.shiftedLeft(13))));
    parts.add(new Part.Wire(c, b.xor(b.shiftedRight(7))));
    parts.add(new Part.Wire(target, c.xor(c.shiftedLeft(17))));
  }
}
