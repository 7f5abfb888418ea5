package org.pdnn.circuit.element;

import org.pdnn.circuit.Expression;

/// The nearest number of fewer bits.
public final class Saturation {
  private Saturation() {}

  /// A number in two's complement, at least the least and at most the greatest of so many bits.
  public static Expression of(Expression number, int bits) {
    if (number.width() <= bits) {
      return number.signExtended(bits);
    }
    Expression beyond = number.top(number.width() - bits + 1);
    Expression fits =
        beyond
            .equalTo(Expression.constant(0, beyond.width()))
            .or(beyond.equalTo(Expression.constant(-1, beyond.width())));
    Expression least = Expression.constant(1L << (bits - 1), bits);
    return fits.choose(number.bits(bits - 1, 0), number.sign().choose(least, least.not()));
  }
}
