package org.pdnn.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pdnn.names.Nearest;

/// What is charged for which step: the choices that equation 4 leaves open.
///
/// Common to both: 32-bit weights are read once for an input, each once however often it is used
/// and however many samples are drawn; batch norm, pooling, biases and the average over samples
/// take no arithmetic; a network without random neurons runs one pass.
public enum Convention {
  /// As the printed figures 6b and 6c obey it: every neuron and every synapse of the network is
  /// charged as its hidden neurons are. In a p-DNN that makes the real-valued input and the outputs
  /// bits, too: b_a = 1, a synapse e_add / 2, a neuron e_act + e_rng + e_compare + b_a e_aM. In a
  /// deterministic network b_a is the neuron's bits and a neuron e_act + b_a e_aM.
  PAPER,

  /// What the algorithm does, layer by layer.
  ///
  /// - A layer that reads real numbers, such as the first, multiplies and adds with 32-bit
  ///   activations; one that reads bits adds.
  /// - What lies before the first random neurons is the same in every pass and is done once for an
  ///   input. Those neurons' 32-bit means are written once and read in every pass, at T = 1 as well
  ///   since T is chosen at run time; then a p-bit draws, compares and writes its bit.
  /// - Outputs without a neuron layer are charged e_act and a 32-bit write, but no random word and
  ///   no comparison.
  /// - With [LastLayer#EXPECTATION] the last random neurons draw nothing and write 32 bits in every
  ///   pass.
  STRICT;

  private static final List<String> PAPER_ONLY =
      List.of(
          "every layer is charged as its network's hidden neurons are, the first and the last"
              + " included",
          "every layer is repeated in every sample, the first included");

  private static final List<String> STRICT_ONLY =
      List.of(
          "layers that read real numbers are charged as 32-bit multiply-accumulates, those that"
              + " read bits as adds",
          "what lies before the first random neurons is done once; their 32-bit means are written"
              + " once and read in every sample",
          "outputs draw no random words; each costs e_act and a 32-bit write");

  private static final List<String> COMMON =
      List.of(
          "weights have 32 bits, and each is read once for all samples of an input",
          "half of the bits that reach a synapse are 0 and add nothing: e_add / 2",
          "a multiplier's energy is in proportion to the activation's bits: k / 32 of e_mul",
          "a noisy neuron costs e_act + e_rng + e_add",
          "every draw costs e_rng, whatever the scheme of the samples",
          "batch norm is folded: its parameters are read, its arithmetic is free",
          "max pools, biases and the average over samples are free",
          "a network without random neurons runs one pass, whatever T");

  /// The convention of a name in lower case.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Convention named(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    List<String> names = Arrays.stream(values()).map(Convention::toString).toList();
    for (Convention convention : values()) {
      if (convention.toString().equals(key)) {
        return convention;
      }
    }
    throw new IllegalArgumentException(
        "unknown convention '%s'%s; use %s"
            .formatted(name, Nearest.suggestion(key, names), String.join(" or ", names)));
  }

  /// What is taken for granted, one sentence each, for a report to print.
  public List<String> assumptions() {
    List<String> all =
        new ArrayList<>(
            switch (this) {
              case PAPER -> PAPER_ONLY;
              case STRICT -> STRICT_ONLY;
            });
    all.addAll(COMMON);
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
