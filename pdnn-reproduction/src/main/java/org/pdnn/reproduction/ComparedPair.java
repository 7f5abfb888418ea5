package org.pdnn.reproduction;

import org.pdnn.evaluation.PairedDifference;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Fields;

/// Two measured curves compared on the same images: what is to be larger than what.
///
/// @param samples T of the one
/// @param otherSamples T of the other
record ComparedPair(Run one, int samples, Run other, int otherSamples) {
  /// @param comparison recipe of a comparison
  static ComparedPair of(Fields comparison) {
    return new ComparedPair(
        new Run(comparison.object("one")),
        comparison.integer("samples"),
        new Run(comparison.object("other")),
        comparison.integer("otherSamples"));
  }

  /// What is added to the difference, as a share: with 0.01 the one may be a point worse.
  double margin() {
    if (!one.random() || other.random()) {
      return 0;
    }
    return switch (Neuron.parse(other.neuron()).bits()) {
      case 32 -> 0.05;
      case 3 -> 0.01;
      default -> 0;
    };
  }

  String statement() {
    if (one.equals(other)) {
      return "%s: T = %s above T = %s".formatted(one.name(), samples, otherSamples);
    }
    if (!one.random()) {
      return "deterministic %s above %s".formatted(one.activation(), other.activation());
    }
    if (!other.random()) {
      return aboveFewBits(Neuron.parse(other.neuron()).bits());
    }
    if (other.byLayer()) {
      return "%s averaged at the end above the frozen network averaged layer by layer, T = %s"
          .formatted(one.name(), samples);
    }
    if (one.trainingSamples() != other.trainingSamples()) {
      return "T = %s: %s above %s".formatted(samples, one.name(), other.name());
    }
    return "%s, T = %s: %s".formatted(one.name(), samples, variant());
  }

  private String aboveFewBits(int bits) {
    String network = one.name() + (one.expectation() ? ", scrambled passes with expectation," : "");
    return "%s at T = %s %s"
        .formatted(
            network,
            samples,
            switch (bits) {
              case 32 -> "no more than 5 points below 32 bits";
              case 3 -> "no more than a point below 3 bits";
              default -> "above %s bit".formatted(bits);
            });
  }

  private String variant() {
    if (!one.neuron().equals(other.neuron())) {
      return "%s above %s".formatted(one.activation(), other.activation());
    }
    return one.trainedScheme().equals(other.trainedScheme())
        ? "measured %s above %s".formatted(one.scheme(), other.scheme())
        : "trained %s above %s".formatted(one.trainedScheme(), other.trainedScheme());
  }

  Ordering ordering(String place, PairedDifference found) {
    return Ordering.paired(place, statement(), found, margin());
  }
}
