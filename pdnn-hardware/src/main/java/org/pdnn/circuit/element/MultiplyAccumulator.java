package org.pdnn.circuit.element;

import java.util.List;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;

/// The synapse of neurons of many bits: adds products of weights and inputs.
///
/// @param terms the greatest fan-in, with the bias
/// @param weightBits 2 to 32
/// @param inputBits bits of x
/// @param signed whether x is in two's complement; codes are not
/// @param dropped lowest bits of a product that are not added
/// @param bits of the sum
public record MultiplyAccumulator(
    int terms, int weightBits, int inputBits, boolean signed, int dropped, int bits)
    implements Accumulator {
  public MultiplyAccumulator {
    Accumulator.check(terms, weightBits, weightBits + inputBits - dropped, bits);
  }

  /// Exact products of weights and codes, with the fewest bits that hold every sum.
  public MultiplyAccumulator(int terms, int weightBits, int codeBits) {
    this(terms, weightBits, codeBits, false, 0, Accumulator.bits(terms, weightBits + codeBits));
  }

  @Override
  public Circuit circuit() {
    Signal weight = new Signal("weight", weightBits);
    Signal x = new Signal("x", inputBits);
    Signal add = new Signal("add", 1);
    Signal clear = new Signal("clear", 1);
    Signal sum = new Signal("sum", bits);
    Expression factor = signed ? x : x.extended(inputBits + 1);
    Signal product = new Signal("product", weightBits + factor.width());
    Signal total = new Signal("total", bits);
    Expression term = product.bits(weightBits + inputBits - 1, dropped);
    return new Circuit(
        "multiply_accumulator",
        "Adds products of %s and %s bits: %s terms cannot overflow %s bits."
            .formatted(weightBits, inputBits, terms, bits),
        List.of(weight, x, add, clear),
        List.of(
            new Wire(product, weight.timesSigned(factor)),
            new Wire(total, sum.plus(term.signExtended(bits))),
            new Register(sum, 0, clear, add, total)),
        List.of(sum));
  }
}
