package org.pdnn.sampling;

import org.pdnn.names.Limits;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Scheme;

/// How a network is sampled; the network itself says nothing of it.
///
/// @param samples T, the number of passes, 1 to 65,536
/// @param scheme how the passes share their randomness
/// @param averaging where the T outputs are averaged
/// @param last what the last hidden layer of p-bits hands on
public record Run(int samples, Scheme scheme, Averaging averaging, LastHidden last) {
  /// Enough for any curve; what a network's samples may take in memory is bounded by its sampler.
  public static final int MOST_SAMPLES = 1 << 16;

  public Run {
    Limits.between("samples", 1, MOST_SAMPLES, samples);
  }

  /// T passes of bits by the default scheme, averaged at the end of the model.
  public static Run of(int samples) {
    return new Run(samples, Scheme.SCRAMBLED, Averaging.END, LastHidden.BITS);
  }

  /// The same run with another number of passes.
  public Run withSamples(int count) {
    return new Run(count, scheme, averaging, last);
  }

  /// Whether the first passes of this run are those of a shorter one.
  public boolean anytime() {
    return scheme.anytime() && averaging == Averaging.END;
  }

  /// Whether the neurons of a layer are drawn; if not, they hand on their mean.
  boolean draws(Network network, int layer) {
    return network.layers().get(layer) instanceof Neurons(Neuron neuron)
        && neuron.random()
        && !(last == LastHidden.EXPECTATION && layer == network.lastRandomLayer());
  }

  /// How many rows of outputs a run of the network has.
  int passes(Network network) {
    return averaging == Averaging.LAYER || !network.random() ? 1 : samples;
  }
}
