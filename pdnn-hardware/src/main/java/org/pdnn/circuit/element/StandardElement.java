package org.pdnn.circuit.element;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Signal;

/// The standard processing element of figure 7: multiply, accumulate, and a table of the activation
/// function.
///
/// Cycles with `add` give the terms of a neuron, `weight` and `x`. A cycle with `fire` then ends
/// the neuron, whose value is `y` while `done` is up, in the next cycle.
///
/// @param accumulator of the sum
/// @param activation of the sum
public record StandardElement(MultiplyAccumulator accumulator, ActivationTable activation) {
  public StandardElement {
    if (accumulator.bits() <= activation.dropped()) {
      throw new IllegalArgumentException(
          "of a sum of %s bits the table drops %s"
              .formatted(accumulator.bits(), activation.dropped()));
    }
  }

  /// The circuit.
  public Circuit circuit() {
    Signal weight = new Signal("weight", accumulator.weightBits());
    Signal x = new Signal("x", accumulator.inputBits());
    Signal add = new Signal("add", 1);
    Signal fire = new Signal("fire", 1);
    Signal sum = new Signal("sum", accumulator.bits());
    Signal scaled = new Signal("scaled", sum.width() - activation.dropped());
    Signal address = new Signal("address", activation.addressBits());
    Signal y = new Signal("y", activation.valueBits());
    Signal done = new Signal("done", 1);
    return new Circuit(
        "standard_element",
        "Processing element of a neuron of many bits: Ghantasala et al. (2026), figure 7.",
        List.of(weight, x, add, fire),
        List.of(
            new Note("Synapse: adds products."),
            new Instance(
                "accumulator",
                accumulator.circuit(),
                Map.of("weight", weight, "x", x, "add", add, "clear", fire),
                Map.of("sum", sum)),
            new Note("Activation: the function at the sum, by a table."),
            new Wire(scaled, sum.bits(sum.width() - 1, activation.dropped())),
            new Wire(address, Saturation.of(scaled, address.width())),
            new Memory(
                "activation",
                y.width(),
                activation.values(),
                Optional.empty(),
                List.of(new Read(y, address))),
            new Register(done, 0, fire)),
        List.of(y, done, sum));
  }
}
