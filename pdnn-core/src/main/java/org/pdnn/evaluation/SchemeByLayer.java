package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// What a scheme is worth in one layer: N_eq of T passes whose words follow the scheme there, or
/// everywhere else, and are independent in the other layers.
///
/// @param layer index of a random layer in the network
/// @param only N_eq with the scheme in this layer alone
/// @param allBut N_eq with the scheme in all random layers but this
public record SchemeByLayer(int layer, Estimate only, Estimate allBut) {

  /// Measures each random layer of a network in real numbers.
  ///
  /// @param samples T
  /// @param seeds noise seeds, at least 2
  /// @param threads inputs at once; the answer does not depend on it
  /// @throws IllegalArgumentException if there is no variance to measure
  public static List<SchemeByLayer> measure(
      Network network,
      LabelledInputs inputs,
      Scheme scheme,
      int samples,
      long seed,
      int seeds,
      int threads) {
    // The scheme's words are given as those of independent passes.
    Evaluation evaluation =
        new Evaluation(
            List.of(samples),
            Scheme.INDEPENDENT,
            Averaging.END,
            LastHidden.BITS,
            Outputs.LOGITS,
            seed,
            seeds);
    List<SchemeByLayer> found = new ArrayList<>();
    for (int layer : VarianceDecomposition.randomLayers(network)) {
      List<Estimate> worth = new ArrayList<>();
      List<IntPredicate> places = List.of(other -> other == layer, other -> other != layer);
      for (IntPredicate place : places) {
        worth.add(
            evaluation
                .measure(
                    network,
                    inputs,
                    noise -> words(place, scheme, samples, new Philox(noise)),
                    threads,
                    done -> {})
                .points()
                .getFirst()
                .equivalentSamples()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "N_eq needs logits that vary, 2 inputs and 2 noise seeds")));
      }
      found.add(new SchemeByLayer(layer, worth.getFirst(), worth.getLast()));
    }
    return found;
  }

  private static RandomWords words(
      IntPredicate place, Scheme scheme, int samples, RandomWords source) {
    RandomWords together = scheme.over(source, samples);
    return (input, layer, unit, sample) ->
        (place.test(layer) ? together : source).word(input, layer, unit, sample);
  }
}
