package org.pdnn.ising.instance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Spins;
import org.pdnn.names.Limits;

/// A multiplier run backwards: its product is given, its factors are sought.
///
/// Array multiplier of AND gates and adders, each a penalty that vanishes where the gate computes
/// right; the bits of the product are constants. The first factor has half of its bits, rounded up,
/// the second all but one, which leaves out 1 times the product.
public final class Factoring implements Problem {
  private static final int MOST = 1 << 20;

  private final long product;
  private final int firstBits;
  private final int secondBits;
  private final QuadraticForm form;
  private final IsingModel model;

  /// @param product 4 to 2^20, no prime
  Factoring(long product) {
    Limits.between("a product", 4, MOST, product);
    if (LongStream.iterate(2, factor -> factor * factor <= product, factor -> factor + 1)
        .noneMatch(factor -> product % factor == 0)) {
      throw new IllegalArgumentException(product + " is a prime, so it has no factors");
    }
    this.product = product;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(product);
    this.firstBits = (bits + 1) / 2;
    this.secondBits = bits - 1;
    this.form = new QuadraticForm(firstBits + secondBits);
    List<Deque<Integer>> columns = new ArrayList<>();
    // The last two take carries, which a product so short does not have.
    for (int column = 0; column < firstBits + secondBits + 2; column++) {
      columns.add(new ArrayDeque<>());
    }
    for (int i = 0; i < firstBits; i++) {
      for (int j = 0; j < secondBits; j++) {
        int both = form.newBit();
        form.addAnd(i, firstBits + j, both);
        columns.get(i + j).add(both);
      }
    }
    for (int column = 0; column <= firstBits + secondBits; column++) {
      addUp(columns.get(column), columns.get(column + 1), (int) (product >>> column & 1));
    }
    this.model = form.model();
  }

  /// Adds up the bits of a column, three or two at a time, until one is left, the bit of the
  /// product.
  private void addUp(Deque<Integer> bits, Deque<Integer> carries, int product) {
    while (bits.size() > 3) {
      int sum = form.newBit();
      addUp(List.of(bits.remove(), bits.remove(), bits.remove()), sum, carries);
      bits.add(sum);
    }
    switch (bits.size()) {
      case 0 -> form.add(product);
      case 1 -> form.addSquare(new int[] {bits.remove()}, new int[] {1}, -product);
      default -> {
        int carry = form.newBit();
        carries.add(carry);
        int[] all =
            IntStream.concat(bits.stream().mapToInt(bit -> bit), IntStream.of(carry)).toArray();
        form.addSquare(all, weights(bits.size(), -2), -product);
      }
    }
  }

  /// A full adder: three bits are a sum and twice a carry.
  private void addUp(List<Integer> bits, int sum, Deque<Integer> carries) {
    int carry = form.newBit();
    carries.add(carry);
    int[] all =
        IntStream.concat(bits.stream().mapToInt(bit -> bit), IntStream.of(carry, sum)).toArray();
    form.addSquare(all, weights(bits.size(), -2, -1), 0);
  }

  private static int[] weights(int ones, int... rest) {
    return IntStream.concat(IntStream.generate(() -> 1).limit(ones), IntStream.of(rest)).toArray();
  }

  @Override
  public IsingModel model() {
    return model;
  }

  @Override
  public String measure() {
    return "penalty";
  }

  @Override
  public boolean greatest() {
    return false;
  }

  /// 0, that of a product with factors.
  @Override
  public OptionalDouble best() {
    return OptionalDouble.of(0);
  }

  @Override
  public double value(Spins spins) {
    return model.energy(spins) + form.offset();
  }

  /// The factors: `3 x 5`, also where their product is another.
  @Override
  public String solution(Spins spins) {
    long first = number(spins, 0, firstBits);
    long second = number(spins, firstBits, secondBits);
    return "%s x %s = %s%s"
        .formatted(first, second, first * second, first * second == product ? "" : ", wrong");
  }

  private static long number(Spins spins, int from, int bits) {
    long number = 0;
    for (int bit = 0; bit < bits; bit++) {
      number |= spins.up(from + bit) ? 1L << bit : 0;
    }
    return number;
  }
}
