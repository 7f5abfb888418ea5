package org.pdnn.energy.language;

import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.pdnn.energy.NeuronType;

/// How a family builds its models from their configuration; what it calls the fields, and their
/// defaults, are in `families.json`. Blocks are counted from 0.
///
/// @param name `model_type`
/// @param norm what normalises a token
/// @param embedding the tables that a token begins with
/// @param attention the heads of a block
/// @param feedForward the MLP or the experts of a block
/// @param norms what norms scale in a block
/// @param slides whether a block has a sliding window, where the file does not say so itself
record Family(
    String name,
    NeuronType norm,
    Function<Config, Embedding> embedding,
    BiFunction<Config, Integer, Attention> attention,
    BiFunction<Config, Integer, FeedForward> feedForward,
    Function<Config, Norms> norms,
    BiPredicate<Config, Integer> slides) {

  Family norm(NeuronType changed) {
    return new Family(name, changed, embedding, attention, feedForward, norms, slides);
  }

  Family embedding(Function<Config, Embedding> changed) {
    return new Family(name, norm, changed, attention, feedForward, norms, slides);
  }

  Family attention(BiFunction<Config, Integer, Attention> changed) {
    return new Family(name, norm, embedding, changed, feedForward, norms, slides);
  }

  Family feedForward(BiFunction<Config, Integer, FeedForward> changed) {
    return new Family(name, norm, embedding, attention, changed, norms, slides);
  }

  Family norms(Function<Config, Norms> changed) {
    return new Family(name, norm, embedding, attention, feedForward, changed, slides);
  }

  Family slides(BiPredicate<Config, Integer> changed) {
    return new Family(name, norm, embedding, attention, feedForward, norms, changed);
  }
}
