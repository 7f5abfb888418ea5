package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.integer.LevelTable;
import org.pdnn.names.Limits;
import org.pdnn.network.Activation;

/// An activation function as a table of a sum's uppermost bits.
///
/// @param dropped lowest bits of a sum that do not count
/// @param valueBits bits of a value
/// @param values by the number that is left, in two's complement: those of 0 and above, then those
///   below 0; as many as a power of two. A greater sum has the last value, a smaller one the first.
public record ActivationTable(int dropped, int valueBits, List<Long> values) {
  public ActivationTable {
    values = List.copyOf(values);
    Limits.between("dropped bits", 0, Expression.MOST_BITS - 1, dropped);
    Limits.between("bits of a value", 1, Expression.MOST_BITS, valueBits);
    if (values.size() < 4 || Integer.bitCount(values.size()) != 1) {
      throw new IllegalArgumentException("a table has 4, 8, 16 ... values, got " + values.size());
    }
  }

  /// Bits of an address.
  int addressBits() {
    return Memory.addressBits(values.size());
  }

  /// The level that the integer form gives to each pre-activation of 16 bits.
  public static ActivationTable of(LevelTable levels) {
    List<Long> values = new ArrayList<>();
    for (int address = 0; address < 1 << Short.SIZE; address++) {
      values.add((long) levels.code((short) address));
    }
    return new ActivationTable(0, Byte.SIZE, values);
  }

  /// A function at the middle of each step, in fixed point.
  ///
  /// @param fraction fraction bits of a sum
  /// @param addressBits bits of an address, of which `steps` are fraction bits
  /// @param valueBits bits of a value, of which `valueFraction` are fraction bits
  public static ActivationTable of(
      Activation function,
      int fraction,
      int addressBits,
      int steps,
      int valueBits,
      int valueFraction) {
    Limits.between("bits of an address", 2, 16, addressBits);
    List<Long> values = new ArrayList<>();
    for (int address = 0; address < 1 << addressBits; address++) {
      int unused = Integer.SIZE - addressBits;
      double middle = Math.scalb((address << unused >> unused) + 0.5, -steps);
      values.add(Math.round(Math.scalb(function.apply(middle), valueFraction)));
    }
    return new ActivationTable(fraction - steps, valueBits, values);
  }
}
