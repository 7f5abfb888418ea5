package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Signal;
import org.pdnn.circuit.Wiring;

/// The weights of an element, in the order in which it uses them: `weight` is there a cycle after
/// its `address`. In networks with masked layers that cycle gives how much `further` its input
/// lies, and the weight comes one later, with the input.
///
/// @param layers of the network
/// @param elements P
/// @param addressBits bits of an address
/// @param bits of a weight
/// @param furtherBits bits of `further`, 0 where no layer is masked
record ElementWeights(
    List<WeightLayer> layers, int elements, int addressBits, int bits, int furtherBits) {
  ElementWeights {
    layers = List.copyOf(layers);
  }

  Circuit of(int element) {
    Signal address = new Signal("address", addressBits);
    Signal data = new Signal("weight", bits);
    Wiring wiring = new Wiring();
    List<Signal> outputs = new ArrayList<>(List.of(data));
    Signal word = data;
    if (furtherBits > 0) {
      word = new Signal("word", furtherBits + bits);
      outputs.add(wiring.wire("further", word.top(furtherBits)));
      wiring.note("The weight waits for its input, which is looked up.");
      wiring.add(new Register(data, 0, word.bits(bits - 1, 0)));
    }
    wiring.add(
        new Memory(
            "weights",
            word.width(),
            words(element),
            Optional.empty(),
            List.of(new Read(word, address))));
    return new Circuit(
        "weights_" + element,
        "The weights of element %s, in the order in which it uses them.".formatted(element),
        List.of(address),
        wiring.parts(),
        outputs);
  }

  private List<Long> words(int element) {
    List<Long> words = new ArrayList<>();
    for (WeightLayer layer : layers) {
      byte[] codes = layer.weights().codes();
      int groups = Math.ceilDiv(layer.outputs(), elements);
      for (int group = 0; group < groups; group++) {
        int unit = group * elements + element;
        words.addAll(
            unit < layer.outputs()
                ? layer.words(codes, unit, bits)
                : Collections.nCopies(layer.terms(), 0L));
      }
    }
    // The address may stand a word beyond the last.
    words.add(0L);
    return words;
  }
}
