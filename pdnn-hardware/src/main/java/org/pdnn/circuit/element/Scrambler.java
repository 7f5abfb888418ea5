package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.names.Limits;
import org.pdnn.random.Scheme;

/// The random number of a pass from the two words that a p-bit has for 32 of them
/// ([Scheme#SCRAMBLED]): its uppermost bits are those of `word`, turned over by the bits of `pass`
/// in reverse and by one of `coins` each, which the higher bits of `pass` choose.
///
/// It holds nothing: the words are there again in each pass, as their generators start anew.
///
/// @param bits of the number, 5 or more
public record Scrambler(int bits) {
  /// Bits of the number of a pass, and of the random number that differ from pass to pass.
  public static final int PASS_BITS = Integer.numberOfTrailingZeros(Scheme.SCRAMBLED_BLOCK);

  public Scrambler {
    Limits.between("bits of a number", PASS_BITS, Integer.SIZE, bits);
  }

  /// The circuit.
  public Circuit circuit() {
    Signal word = new Signal("word", bits);
    Signal coins = new Signal("coins", Scheme.SCRAMBLED_BLOCK - 1);
    Signal pass = new Signal("pass", PASS_BITS);
    Signal random = new Signal("random", bits);
    List<Part> parts = new ArrayList<>();
    List<Expression> upper = new ArrayList<>();
    int from = 0;
    for (int bit = 0; bit < PASS_BITS; bit++) {
      Signal coin = new Signal("coin_" + bit, 1);
      parts.add(new Wire(coin, chosen(coins, from, pass, bit + 1)));
      upper.add(word.bit(bits - 1 - bit).xor(pass.bit(bit)).xor(coin));
      from += Scheme.SCRAMBLED_BLOCK >> (bit + 1);
    }
    if (bits > PASS_BITS) {
      upper.add(word.bits(bits - 1 - PASS_BITS, 0));
    }
    parts.add(new Wire(random, new Expression.Concat(upper)));
    return new Circuit(
        "scrambler",
        "The random number of a pass from two words that serve 32 passes.",
        List.of(word, coins, pass),
        parts,
        List.of(random));
  }

  /// Of the bits from one on that which the bits of a number say, from its lowest that counts.
  private static Expression chosen(Signal bits, int from, Signal number, int lowest) {
    List<Expression> left = new ArrayList<>();
    for (int i = 0; i < Scheme.SCRAMBLED_BLOCK >> lowest; i++) {
      left.add(bits.bit(from + i));
    }
    for (int bit = lowest; bit < PASS_BITS; bit++) {
      List<Expression> next = new ArrayList<>();
      for (int i = 0; i < left.size(); i += 2) {
        next.add(number.bit(bit).choose(left.get(i + 1), left.get(i)));
      }
      left = next;
    }
    return left.getFirst();
  }
}
