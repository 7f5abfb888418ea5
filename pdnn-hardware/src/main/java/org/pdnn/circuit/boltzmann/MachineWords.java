package org.pdnn.circuit.boltzmann;

import org.pdnn.circuit.element.GeneratorWords;
import org.pdnn.ising.dynamics.HeatBath;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.random.RandomWords;

/// The words of a machine's generators by the addresses of the heat bath: a colour is a layer whose
/// units are its spins, a sweep is a pass and a read an input.
///
/// @param order of updates
/// @param words with a layer for each colour
record MachineWords(UpdateOrder order, GeneratorWords words) implements RandomWords {
  /// A word without a first bit, by which a spin begins down.
  private static final int DOWN = 0;

  @Override
  public int word(long input, int layer, int unit, int sample) {
    if (layer != HeatBath.UPDATES || unit >= order.size()) {
      return DOWN;
    }
    int block = block(unit);
    return words.word(input, block, unit - order.start(block), sample);
  }

  private int block(int position) {
    int block = 0;
    while (order.start(block + 1) <= position) {
      block++;
    }
    return block;
  }
}
