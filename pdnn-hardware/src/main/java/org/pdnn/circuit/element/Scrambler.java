package org.pdnn.circuit.element;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
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
      int count = Scheme.SCRAMBLED_BLOCK >> (bit + 1);
      List<Expression> choices = IntStream.range(from, from + count).mapToObj(coins::bit).toList();
      parts.add(new Wire(coin, Wiring.chosen(pass, bit + 1, choices)));
      upper.add(word.bit(bits - 1 - bit).xor(pass.bit(bit)).xor(coin));
      from += count;
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
}
