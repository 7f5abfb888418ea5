package org.pdnn.sampling;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.pdnn.random.RandomWords;

/// Runs T passes of a network on one input.
///
/// A sampler may keep scratch memory and is used by one thread at a time; its answers depend on
/// nothing but the arguments.
public interface Sampler {
  /// The outputs of every pass.
  ///
  /// @param input the input's values, row-major
  /// @param index the input's address for the random words
  /// @param words the randomness
  /// @return one row per pass, one column per output; a single row if the run averages layer by
  ///   layer or the network has no random neuron
  double[][] passes(float[] input, long index, RandomWords words);

  /// The averaged answer of a classifier.
  ///
  /// @param input the input's values, row-major
  /// @param index the input's address for the random words
  /// @param words the randomness
  default Answer answer(float[] input, long index, RandomWords words) {
    return Answer.of(passes(input, index, words), random());
  }

  /// Whether the network has random neurons.
  boolean random();

  /// How the network is sampled.
  Run run();

  /// The outputs of every pass of some inputs, whose addresses follow each other.
  ///
  /// @param index the address of the first input
  /// @return by input, pass and output
  default double[][][] passes(float[][] inputs, long index, RandomWords words) {
    return passes(inputs, following(index, inputs.length), words);
  }

  /// The outputs of every pass of some inputs.
  ///
  /// @param addresses by input, for the random words
  /// @return by input, pass and output
  default double[][][] passes(float[][] inputs, long[] addresses, RandomWords words) {
    double[][][] passes = new double[inputs.length][][];
    for (int i = 0; i < inputs.length; i++) {
      passes[i] = passes(inputs[i], addresses[i], words);
    }
    return passes;
  }

  /// The addresses of inputs that follow each other.
  static long[] following(long index, int count) {
    return LongStream.range(index, index + count).toArray();
  }

  /// Another sampler of the same network and run for another thread.
  Sampler fork();

  /// Inputs whose passes come piece by piece, for callers that may not need all of them. Valid
  /// until the sampler is used again.
  ///
  /// The default computes all passes of an input at once and hands them out; a sampler that can
  /// leave passes undone overrides it.
  ///
  /// @param most inputs that may be open at once
  default Session session(RandomWords words, int most) {
    return new PieceSession(
        most,
        run().samples(),
        (input, address) -> {
          double[][] all = passes(input, address, words);
          return (from, to) -> Arrays.copyOfRange(all, from, to);
        });
  }

  /// Inputs that are sampled fastest together.
  default int together() {
    return 1;
  }
}
