package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Part.Write;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;
import org.pdnn.circuit.accelerator.Step.Kind;
import org.pdnn.integer.InputGrid;

/// What layers read: the input, and the p-bits of two layers. `x` is the bit at `address`, a cycle
/// later: of an input that which `plane` says, of a p-bit the only one.
///
/// All elements read one, as their units have the same inputs. In networks with masked layers each
/// has a copy of its own, in which its inputs lie `further` than the address.
///
/// @param schedule what is read
/// @param inputs values of an input
/// @param placeBits bits of the number of a unit that is written
/// @param furtherBits bits of `further`, 0 where no layer is masked
record Activations(Schedule schedule, int inputs, int placeBits, int furtherBits) {
  /// Bits of the address of an input.
  int inputBits() {
    return Memory.addressBits(Math.max(2, inputs));
  }

  Circuit circuit() {
    List<Step> steps = schedule.steps();
    Signal write = new Signal("write", 1);
    Signal writeAddress = new Signal("write_address", inputBits());
    Signal writeData = new Signal("write_data", InputGrid.BITS);
    Signal step = new Signal("step", Sequencer.stepBits(steps));
    Signal address = new Signal("address", Scanner.addressBits(steps));
    Signal plane = new Signal("plane", Sequencer.PLANE_BITS);
    Signal inImage = new Signal("in_image", 1);
    Signal fires = new Signal("fires", 1);
    Signal place = new Signal("place", placeBits);
    Signal pbit = new Signal("pbit", 1);
    Signal input = new Signal("input_byte", InputGrid.BITS);
    Signal before = new Signal("pbit_before", 1);
    Signal x = new Signal("x", 1);
    List<Signal> ports =
        new ArrayList<>(
            List.of(write, writeAddress, writeData, step, address, plane, fires, place, pbit));
    Wiring wiring = new Wiring();
    Signal at = address;
    if (furtherBits > 0) {
      Signal further = new Signal("further", furtherBits);
      ports.add(further);
      at = wiring.wire("at", address.plus(further.extended(address.width())));
    }
    wiring.note("Inputs, of which the first step reads a bit at a time.");
    wiring.add(
        new Memory(
            "inputs",
            InputGrid.BITS,
            NeuronUnit.zeros(inputs),
            Optional.of(new Write(write, writeAddress, writeData)),
            List.of(new Read(input, NeuronUnit.fitted(at, inputBits())))));
    wiring.note("The p-bits of two layers: that which is read, and that which is written.");
    int most =
        steps.stream()
            .filter(each -> each.kind() != Kind.LAST)
            .mapToInt(Step::units)
            .max()
            .orElseThrow();
    int bits = Memory.addressBits(Math.max(2, most));
    wiring.add(
        new Memory(
            "pbits",
            1,
            NeuronUnit.zeros(2 << bits),
            Optional.of(
                new Write(
                    fires, Expression.concat(step.bit(0), NeuronUnit.fitted(place, bits)), pbit)),
            List.of(
                new Read(
                    before, Expression.concat(step.bit(0).not(), NeuronUnit.fitted(at, bits))))));
    Signal seen = wiring.delayed("plane_seen", plane);
    Expression half = seen.bit(2).choose(input.bits(7, 4), input.bits(3, 0));
    Signal nibble = wiring.wire("nibble", half);
    Expression quarter = seen.bit(1).choose(nibble.bits(3, 2), nibble.bits(1, 0));
    Signal pair = wiring.wire("pair", quarter);
    Expression bit = seen.bit(0).choose(pair.bit(1), pair.bit(0));
    Expression read = Sequencer.in(step, steps, Kind.THRESHOLDS).choose(bit, before);
    if (schedule.padded()) {
      ports.add(inImage);
      read = read.and(wiring.delayed("image_seen", inImage));
    }
    wiring.add(new Wire(x, read));
    return new Circuit(
        "activations",
        "The input and the p-bits of two layers, of which one bit is read in a cycle.",
        ports,
        wiring.parts(),
        List.of(x));
  }
}
