package org.pdnn.circuit.element;

import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;

/// The synapse of p-bits: adds the weights whose bit is up. Where it is down the register does not
/// move, so nothing is multiplied, nor even gated.
///
/// @param terms the greatest fan-in, with the bias
/// @param weightBits 2 to 32
/// @param bits of the sum
public record SelectiveAccumulator(int terms, int weightBits, int bits) implements Accumulator {
  public SelectiveAccumulator {
    Accumulator.check(terms, weightBits, weightBits, bits);
  }

  /// With the fewest bits that hold every sum.
  public SelectiveAccumulator(int terms, int weightBits) {
    this(terms, weightBits, Accumulator.bits(terms, weightBits));
  }

  @Override
  public Circuit circuit() {
    Signal weight = new Signal("weight", weightBits);
    Signal x = new Signal("x", 1);
    Signal add = new Signal("add", 1);
    Signal clear = new Signal("clear", 1);
    Signal sum = new Signal("sum", bits);
    Signal total = new Signal("total", bits);
    return new Circuit(
        "selective_accumulator",
        "Adds weights of %s bits where x is up: %s terms cannot overflow %s bits."
            .formatted(weightBits, terms, bits),
        List.of(weight, x, add, clear),
        List.of(
            new Wire(total, sum.plus(weight.signExtended(bits))),
            new Register(sum, 0, clear, add.and(x), total)),
        List.of(sum));
  }
}
