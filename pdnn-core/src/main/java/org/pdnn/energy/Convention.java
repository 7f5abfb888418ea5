package org.pdnn.energy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.pdnn.names.Choice;
import org.pdnn.names.Counted;
import org.pdnn.names.Nearest;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;

/// What is charged for which step: the choices that equations 1 to 4 leave open.
///
/// Common to all: batch norm, pooling, biases and the average over samples take no arithmetic; a
/// network without random neurons runs one pass.
///
/// ```java
/// Convention.STRICT.withScheme(Scheme.SCRAMBLED).withWidths(BitWidths.FULL.withWeight(8));
/// ```
///
/// @param name of the named convention that this one is, or began as
/// @param layers as what layers are charged
/// @param reads how often a weight is read
/// @param additions how many of the synapses that read bits add
/// @param last what the last random neurons hand on; layers charged like the hidden ones hand on
///   bits
/// @param scheme how many random words the samples of a neuron draw
/// @param memory where activations are kept
/// @param widths how many bits numbers have
public record Convention(
    String name,
    ChargedLayers layers,
    WeightReads reads,
    Additions additions,
    LastHidden last,
    Scheme scheme,
    ActivationMemory memory,
    BitWidths widths) {
  /// As the printed figures 6b and 6c obey it.
  public static final Convention PAPER = standard("paper", ChargedLayers.LIKE_HIDDEN);

  /// What the algorithm does, layer by layer.
  public static final Convention STRICT = standard("strict", ChargedLayers.AS_THEY_ARE);

  private static final List<String> COMMON =
      List.of(
          "batch norm is folded: its parameters are read, its arithmetic is free",
          "pools, biases and the average over samples are free; the mean of a pool has the bits of"
              + " its sum",
          "a network without random neurons runs one pass, whatever T",
          "additions are in proportion to the bits of the wider operand, multiplications to the"
              + " product of both (ours; the paper has operands of 1 and 32 bits)",
          "a noisy neuron costs e_act + e_rng + e_add (ours)");

  static final String EDGE = "weights of the first and the last layer";

  public Convention {
    if (layers == ChargedLayers.LIKE_HIDDEN && last == LastHidden.EXPECTATION) {
      throw new IllegalArgumentException(
          "the paper's convention charges every layer as bits and has no expectations; use"
              + " convention strict");
    }
  }

  private static Convention standard(String name, ChargedLayers layers) {
    return new Convention(
        name,
        layers,
        WeightReads.PARAMETER,
        new Additions.Half(),
        LastHidden.BITS,
        Scheme.INDEPENDENT,
        ActivationMemory.CHIP,
        BitWidths.FULL);
  }

  /// The convention of a name in lower case.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Convention named(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    List<String> names = Stream.of(PAPER, STRICT).map(Convention::name).toList();
    return Stream.of(PAPER, STRICT)
        .filter(convention -> convention.name.equals(key))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown convention '%s'%s; use %s"
                    .formatted(name, Nearest.suggestion(key, names), Choice.listed(names))));
  }

  public Convention withReads(WeightReads changed) {
    return new Convention(name, layers, changed, additions, last, scheme, memory, widths);
  }

  public Convention withAdditions(Additions changed) {
    return new Convention(name, layers, reads, changed, last, scheme, memory, widths);
  }

  public Convention withLast(LastHidden changed) {
    return new Convention(name, layers, reads, additions, changed, scheme, memory, widths);
  }

  public Convention withScheme(Scheme changed) {
    return new Convention(name, layers, reads, additions, last, changed, memory, widths);
  }

  public Convention withMemory(ActivationMemory changed) {
    return new Convention(name, layers, reads, additions, last, scheme, changed, widths);
  }

  public Convention withWidths(BitWidths changed) {
    return new Convention(name, layers, reads, additions, last, scheme, memory, changed);
  }

  /// Every choice by its name, as on the command line, for provenance.
  public Map<String, String> choices() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("weightReads", Choice.name(reads));
    all.put("additions", additions.toString());
    all.put("last", Choice.name(last));
    all.put("scheme", scheme.toString());
    all.put("activationMemory", Choice.name(memory));
    all.put("weightBits", String.valueOf(widths.weight()));
    widths.edge().ifPresent(bits -> all.put("edgeWeightBits", String.valueOf(bits)));
    all.put("activationBits", String.valueOf(widths.activation()));
    widths.input().ifPresent(bits -> all.put("inputBits", String.valueOf(bits)));
    all.put("wordBits", String.valueOf(widths.word()));
    return all;
  }

  private static String bits(int width) {
    return Counted.of(width, "bit");
  }

  /// What is taken for granted, one sentence each, for a report to print. Those that are not the
  /// paper's say so.
  public List<String> assumptions() {
    return assumptions(EDGE);
  }

  /// What is taken for granted in pricing a workload, beginning with this convention's choices.
  public List<String> assumptions(Workload workload) {
    return Stream.concat(
            assumptions(workload.edgeWeights()).stream(), workload.assumptions().stream())
        .toList();
  }

  private List<String> assumptions(String edgeWeights) {
    List<String> all = new ArrayList<>(layers.assumptions());
    all.add(
        "weights take %s, real numbers between layers %s"
            .formatted(bits(widths.weight()), bits(widths.activation())));
    widths.edge().ifPresent(bits -> all.add("%s take %s".formatted(edgeWeights, bits(bits))));
    widths
        .input()
        .ifPresent(bits -> all.add("a value of the input takes %s".formatted(bits(bits))));
    if (widths.word() > 1) {
      all.add("an activation takes at least %s in memory".formatted(bits(widths.word())));
    }
    all.add(reads.assumption());
    all.add(additions.assumption());
    all.add(memory.assumption());
    all.add(
        scheme == Scheme.INDEPENDENT
            ? "every sample of a neuron draws a word of its own"
            : "a neuron draws the words of %s samples, %s for 32; what makes a word of each pass from them is free (ours)"
                .formatted(scheme, scheme.draws(32)));
    if (last == LastHidden.EXPECTATION) {
      all.add("the last random neurons draw nothing and write real numbers in every pass (ours)");
    }
    all.addAll(COMMON);
    return List.copyOf(all);
  }

  /// Its name, with a mark where it is none of those that are usual for what is priced.
  public String label(Collection<Convention> usual) {
    return usual.contains(this) ? name : name + ", changed";
  }

  /// Its name, with a mark where a choice is another than the named convention's.
  @Override
  public String toString() {
    return label(List.of(PAPER, STRICT));
  }
}
