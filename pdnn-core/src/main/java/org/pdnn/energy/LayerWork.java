package org.pdnn.energy;

import org.pdnn.names.Limits;
import org.pdnn.random.Scheme;

/// The work of one layer.
///
/// @param index the layer's place in the network, from 0
/// @param name kind and output shape, after the layer's own name if it has one
/// @param size what it has, and does in one pass
/// @param once what is done for an input however many samples are drawn
/// @param perSample what every pass repeats
/// @param perWord what every random word of a neuron takes, if the passes share words; else it is
///   part of `perSample`
/// @param scheme says how many words T samples draw
public record LayerWork(
    int index,
    String name,
    LayerSize size,
    Work once,
    Work perSample,
    Work perWord,
    Scheme scheme) {

  /// Nothing but weights and passes that do all things anew.
  public static LayerWork of(int index, String name, LayerSize size, Work once, Work perSample) {
    return of(index, name, size, once, perSample, Work.NONE, Scheme.INDEPENDENT);
  }

  /// The words of independent passes are drawn once per pass, like everything else.
  ///
  /// @param words what one random word of every neuron takes
  public static LayerWork of(
      int index,
      String name,
      LayerSize size,
      Work once,
      Work perSample,
      Work words,
      Scheme scheme) {
    return scheme == Scheme.INDEPENDENT
        ? new LayerWork(index, name, size, once, perSample.plus(words), Work.NONE, scheme)
        : new LayerWork(index, name, size, once, perSample, words, scheme);
  }

  /// What each sample after the first adds, on average over a block of scrambled samples. Equal to
  /// `perSample` unless the passes share words.
  public Work furtherSample() {
    int block = Scheme.SCRAMBLED_BLOCK;
    double words = (scheme.draws(1 + block) - scheme.draws(1)) / (double) block;
    return perSample.plus(perWord.times(words));
  }

  /// The work of T samples.
  public Work at(int samples) {
    Limits.atLeast("samples", 1, samples);
    return once.plus(perSample.times(samples)).plus(perWord.times(scheme.draws(samples)));
  }
}
