package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Write;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;

/// The last layer's sums over the passes so far. There are two banks: while a pass writes one, the
/// other holds the sums after the pass before, so that a host always reads those of whole passes.
///
/// @param units of the last layer
/// @param unitBits bits of a unit's number
/// @param sumBits bits of a sum
/// @param bits of a sum over all passes
record Totals(int units, int unitBits, int sumBits, int bits) {
  int addressBits() {
    return Memory.addressBits(Math.max(2, units));
  }

  Circuit circuit() {
    Signal valid = new Signal("valid", 1);
    Signal unit = new Signal("unit", unitBits);
    Signal sum = new Signal("sum", sumBits);
    Signal first = new Signal("first_pass", 1);
    Signal bank = new Signal("bank", 1);
    Signal readAddress = new Signal("read_address", addressBits());
    Signal soFar = new Signal("so_far", bits);
    Signal total = new Signal("total", bits);
    Wiring wiring = new Wiring();
    Signal valid1 = wiring.delayed("valid_1", valid);
    Signal unit1 = wiring.delayed("unit_1", unit);
    Signal sum1 = wiring.delayed("sum_1", sum);
    Expression none = Expression.constant(0, bits);
    Signal after = wiring.wire("after", first.choose(none, soFar).plus(sum1.signExtended(bits)));
    wiring.add(
        new Memory(
            "banks",
            bits,
            NeuronUnit.zeros(2 << addressBits()),
            Optional.of(new Write(valid1, Expression.concat(bank.not(), place(unit1)), after)),
            List.of(
                new Read(soFar, Expression.concat(bank, place(unit))),
                new Read(total, Expression.concat(bank, readAddress)))));
    return new Circuit(
        "totals",
        "The last layer's sums over the passes so far; those of whole passes can be read.",
        List.of(valid, unit, sum, first, bank, readAddress),
        wiring.parts(),
        List.of(total));
  }

  private Expression place(Signal unit) {
    return NeuronUnit.fitted(unit, addressBits());
  }
}
