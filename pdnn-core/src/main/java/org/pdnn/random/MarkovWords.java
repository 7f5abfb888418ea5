package org.pdnn.random;

import java.util.Arrays;

/// Words of which each pass's follows from the pass before it: a Markov chain over the samples of a
/// neuron.
///
/// The word of pass t is that of the chain's state after t steps from its start, all of them made
/// of addressed words, so it is a function of its address. Rows that are filled in order are
/// stepped once each: a thread remembers the states of its last row, which spares work and changes
/// no word.
abstract sealed class MarkovWords implements RandomWords permits CorrelatedWords, TelegraphWords {
  private final ThreadLocal<Row> last = ThreadLocal.withInitial(Row::none);

  /// The states of the neurons of one layer after one pass.
  private static final class Row {
    private final long input;
    private final int layer;
    private final int sample;
    private final double[] states;

    Row(long input, int layer, int sample, double[] states) {
      this.input = input;
      this.layer = layer;
      this.sample = sample;
      this.states = states;
    }

    static Row none() {
      return new Row(-1, -1, -1, new double[0]);
    }

    /// Whether steps lead from here to a row.
    boolean leadsTo(long toInput, int toLayer, int toSample, int units) {
      return input == toInput
          && layer == toLayer
          && 0 <= sample
          && sample <= toSample
          && states.length == units;
    }
  }

  /// Words that one step takes.
  abstract int wordsAStep();

  /// The first state from the first word of pass 0.
  abstract double start(int word);

  /// The next state.
  ///
  /// @param words by number, then unit: those of this step
  abstract double step(double state, int[][] words, int unit);

  /// The word that a state shows.
  abstract int shown(double state);

  /// The words from which start and steps are made.
  abstract RandomWords source();

  @Override
  public final int word(long input, int layer, int unit, int sample) {
    double state = start(source().word(input, layer, unit, 0));
    int[][] step = new int[wordsAStep()][1];
    for (int t = 1; t <= sample; t++) {
      for (int k = 0; k < step.length; k++) {
        step[k][0] = source().word(input, layer, unit, t * step.length + k);
      }
      state = step(state, step, 0);
    }
    return shown(state);
  }

  @Override
  public final void fill(long input, int layer, int sample, int[] words) {
    Row row = last.get();
    if (!row.leadsTo(input, layer, sample, words.length)) {
      source().fill(input, layer, 0, words);
      row = new Row(input, layer, 0, Arrays.stream(words).mapToDouble(this::start).toArray());
    }
    // Stepped in place: nobody may find the states half way.
    last.remove();
    double[] states = row.states;
    int[][] step = new int[wordsAStep()][words.length];
    for (int t = row.sample + 1; t <= sample; t++) {
      for (int k = 0; k < step.length; k++) {
        source().fill(input, layer, t * step.length + k, step[k]);
      }
      for (int unit = 0; unit < states.length; unit++) {
        states[unit] = step(states[unit], step, unit);
      }
    }
    last.set(new Row(input, layer, sample, states));
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = shown(states[unit]);
    }
  }
}
