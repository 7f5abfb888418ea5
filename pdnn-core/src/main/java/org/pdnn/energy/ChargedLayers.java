package org.pdnn.energy;

import java.util.List;

/// As what the layers of a network are charged.
public enum ChargedLayers {
  /// As the printed figures 6b and 6c obey it: every neuron and every synapse of the network is
  /// charged as its hidden neurons are. In a p-DNN that makes the real-valued input and the outputs
  /// bits, too: b_a = 1, a synapse e_add / 2, a neuron e_act + e_rng + e_compare + b_a e_aM. In a
  /// deterministic network b_a is the neuron's bits and a neuron e_act + b_a e_aM.
  LIKE_HIDDEN,

  /// What the algorithm does, layer by layer.
  ///
  /// - A layer that reads real numbers, such as the first, multiplies and adds; one that reads bits
  ///   adds.
  /// - What lies before the first random neurons is the same in every pass and is done once for an
  ///   input. Those neurons' means, real numbers, are written once and read in every pass, at T = 1
  ///   as well since T is chosen at run time; then a p-bit draws, compares and writes its bit.
  /// - Outputs without a neuron layer are charged e_act and the write of a real number, but no
  ///   random word and no comparison.
  AS_THEY_ARE;

  /// What is taken for granted, one sentence each.
  List<String> assumptions() {
    return switch (this) {
      case LIKE_HIDDEN ->
          List.of(
              "every layer is charged as its network's hidden neurons are, the first and the last"
                  + " included",
              "every layer is repeated in every sample, the first included");
      case AS_THEY_ARE ->
          List.of(
              "layers that read real numbers are charged as multiply-accumulates, those that read"
                  + " bits as adds (ours)",
              "what lies before the first random neurons is done once; their real means are"
                  + " written once and read in every sample (ours)",
              "outputs draw no random words; each costs e_act and the write of a real number"
                  + " (ours)");
    };
  }
}
