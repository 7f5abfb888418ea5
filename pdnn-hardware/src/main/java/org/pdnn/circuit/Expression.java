package org.pdnn.circuit;

import java.util.List;
import org.pdnn.names.Limits;

/// Bits as a function of signals, without memory. Bits have no sign; operations that differ for
/// two's complement say which they are. Operands have the width that the operation needs: nothing
/// is extended or cut in silence.
public sealed interface Expression
    permits Signal,
        Expression.Constant,
        Expression.Slice,
        Expression.Concat,
        Expression.Extension,
        Expression.Not,
        Expression.Operation,
        Expression.Product,
        Expression.Comparison,
        Expression.Mux {
  /// The greatest width, that of a Java `long`.
  int MOST_BITS = 64;

  /// Number of bits.
  int width();

  /// What it is computed from.
  default List<Expression> operands() {
    return switch (this) {
      case Signal _, Constant _ -> List.of();
      case Slice slice -> List.of(slice.of);
      case Concat concat -> concat.parts;
      case Extension extension -> List.of(extension.of);
      case Not not -> List.of(not.of);
      case Operation operation -> List.of(operation.left, operation.right);
      case Product product -> List.of(product.left, product.right);
      case Comparison comparison -> List.of(comparison.left, comparison.right);
      case Mux mux -> List.of(mux.select, mux.up, mux.down);
    };
  }

  /// A number.
  ///
  /// @param value without a sign or in two's complement; kept without
  record Constant(long value, int width) implements Expression {
    public Constant {
      Limits.between("bits of a constant", 1, MOST_BITS, width);
      long ends = value >> (width - 1);
      if (ends != 0 && ends != -1 && value >>> 1 >>> (width - 1) != 0) {
        throw new IllegalArgumentException(
            "the constant %s does not fit %s bits".formatted(value, width));
      }
      value &= mask(width);
    }
  }

  /// The bits from `high` down to `low`; bit 0 is the least.
  record Slice(Expression of, int high, int low) implements Expression {
    public Slice {
      if (low < 0 || high < low || high >= of.width()) {
        throw new IllegalArgumentException(
            "there are no bits %s to %s in %s bits".formatted(high, low, of.width()));
      }
    }

    @Override
    public int width() {
      return high - low + 1;
    }
  }

  /// Bits side by side, the first uppermost.
  record Concat(List<Expression> parts) implements Expression {
    public Concat {
      parts = List.copyOf(parts);
      Limits.between("bits side by side", 1, MOST_BITS, width(parts));
    }

    @Override
    public int width() {
      return width(parts);
    }

    private static int width(List<Expression> parts) {
      return parts.stream().mapToInt(Expression::width).sum();
    }
  }

  /// The same number in more bits.
  ///
  /// @param signed in two's complement: the new bits are the sign
  record Extension(Expression of, int width, boolean signed) implements Expression {
    public Extension {
      Limits.between("bits of an extension", of.width(), MOST_BITS, width);
    }
  }

  /// Every bit inverted.
  record Not(Expression of) implements Expression {
    @Override
    public int width() {
      return of.width();
    }
  }

  /// What two numbers of one width make, in that width: sums and differences wrap.
  record Operation(Operator operator, Expression left, Expression right) implements Expression {
    public Operation {
      sameWidth(operator.sign, left, right);
    }

    @Override
    public int width() {
      return left.width();
    }
  }

  /// The operators of [Operation].
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    AND("&"),
    OR("|"),
    XOR("^");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /// The product of two numbers, as wide as both together: always exact.
  ///
  /// @param signed of numbers in two's complement
  record Product(Expression left, Expression right, boolean signed) implements Expression {
    public Product {
      Limits.between("bits of a product", 2, MOST_BITS, left.width() + right.width());
    }

    @Override
    public int width() {
      return left.width() + right.width();
    }
  }

  /// One bit: whether a relation holds between two numbers of one width.
  record Comparison(Relation relation, Expression left, Expression right) implements Expression {
    public Comparison {
      sameWidth(relation.sign, left, right);
    }

    @Override
    public int width() {
      return 1;
    }
  }

  /// The relations of [Comparison].
  enum Relation {
    EQUAL("=="),
    LESS("<"),
    LESS_SIGNED("<");

    final String sign;

    Relation(String sign) {
      this.sign = sign;
    }
  }

  /// One of two numbers of one width, as a bit says.
  record Mux(Expression select, Expression up, Expression down) implements Expression {
    public Mux {
      if (select.width() != 1) {
        throw new IllegalArgumentException("a choice needs one bit, not " + select.width());
      }
      sameWidth(":", up, down);
    }

    @Override
    public int width() {
      return up.width();
    }
  }

  private static void sameWidth(String sign, Expression left, Expression right) {
    if (left.width() != right.width()) {
      throw new IllegalArgumentException(
          "the operands of '%s' have %s and %s bits; extend one or cut the other"
              .formatted(sign, left.width(), right.width()));
    }
  }

  /// So many ones.
  static long mask(int width) {
    return -1L >>> (MOST_BITS - width);
  }

  /// A number of so many bits.
  static Constant constant(long value, int width) {
    return new Constant(value, width);
  }

  /// Bits side by side, the first uppermost.
  static Expression concat(Expression... parts) {
    return new Concat(List.of(parts));
  }

  /// Bits `high` down to `low`.
  default Expression bits(int high, int low) {
    return low == 0 && high == width() - 1 ? this : new Slice(this, high, low);
  }

  /// One bit; 0 is the least.
  default Expression bit(int index) {
    return bits(index, index);
  }

  /// The upper bits.
  default Expression top(int count) {
    return bits(width() - 1, width() - count);
  }

  /// The sign of a number in two's complement.
  default Expression sign() {
    return top(1);
  }

  /// With zeros in front.
  default Expression extended(int width) {
    return width == width() ? this : new Extension(this, width, false);
  }

  /// With copies of the sign in front.
  default Expression signExtended(int width) {
    return width == width() ? this : new Extension(this, width, true);
  }

  /// Shifted to the left in the same width.
  default Expression shiftedLeft(int by) {
    return by == 0 ? this : concat(bits(width() - 1 - by, 0), constant(0, by));
  }

  /// Shifted to the right in the same width, copies of the sign in front.
  default Expression shiftedRightSigned(int by) {
    return bits(width() - 1, by).signExtended(width());
  }

  /// Shifted to the right in the same width, zeros in front.
  default Expression shiftedRight(int by) {
    return bits(width() - 1, by).extended(width());
  }

  /// Every bit inverted.
  default Expression not() {
    return new Not(this);
  }

  default Expression and(Expression other) {
    return new Operation(Operator.AND, this, other);
  }

  default Expression or(Expression other) {
    return new Operation(Operator.OR, this, other);
  }

  default Expression xor(Expression other) {
    return new Operation(Operator.XOR, this, other);
  }

  /// The sum, which wraps.
  default Expression plus(Expression other) {
    return new Operation(Operator.ADD, this, other);
  }

  /// The difference, which wraps.
  default Expression minus(Expression other) {
    return new Operation(Operator.SUBTRACT, this, other);
  }

  /// Zero less this, which wraps.
  default Expression negated() {
    return constant(0, width()).minus(this);
  }

  /// The exact product of numbers without signs.
  default Expression times(Expression other) {
    return new Product(this, other, false);
  }

  /// The exact product of numbers in two's complement.
  default Expression timesSigned(Expression other) {
    return new Product(this, other, true);
  }

  default Expression equalTo(Expression other) {
    return new Comparison(Relation.EQUAL, this, other);
  }

  /// Whether it is less, both without signs.
  default Expression lessThan(Expression other) {
    return new Comparison(Relation.LESS, this, other);
  }

  /// Whether it is less, both in two's complement.
  default Expression lessThanSigned(Expression other) {
    return new Comparison(Relation.LESS_SIGNED, this, other);
  }

  /// Where this bit is up the first, else the second.
  default Expression choose(Expression up, Expression down) {
    return new Mux(this, up, down);
  }
}
