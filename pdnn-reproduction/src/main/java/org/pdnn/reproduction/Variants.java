package org.pdnn.reproduction;

import java.util.List;
import java.util.function.Function;
import org.pdnn.experiment.Budget;

/// A network in the variants that are compared, which differ in where neurons stand.
///
/// @param course how they are trained
/// @param placements of p-bits; deterministic neurons of few bits stand as in the network that the
///   first follow
/// @param neurons where deterministic neurons stand and why, a sentence
/// @param bits of activations that are trained for; none where only places are compared, by p-bits
///   of the greatest s alone
/// @param samples the T with rounded weights
/// @param realSamples the T with weights of 32 bits
/// @param frozen whether a conversion without training is measured too
record Variants(
    Function<Budget, Course> course,
    List<Placement> placements,
    String neurons,
    List<Integer> bits,
    List<Integer> samples,
    List<Integer> realSamples,
    boolean frozen) {
  /// Where neurons stand.
  ///
  /// @param preset the network
  /// @param words as in `after the pools`
  /// @param first the deterministic network that p-bits there follow, of the same function
  record Placement(String preset, String words, String first) {}

  /// What is said of where the numbers come from, a sentence.
  static final String ARITHMETIC =
      "With rounded weights, p-DNNs and deterministic networks of up to 8-bit activations are run"
          + " in integers, deterministic networks of 32-bit activations with the same weights and"
          + " inputs and activations in real numbers.";

  static final Variants VGG5 =
      new Variants(
          Course::vgg5,
          List.of(
              new Placement("vgg5", "before the pools", "vgg5:pool-first"),
              new Placement("vgg5:pool-first", "after the pools", "vgg5:pool-first")),
          "Deterministic neurons stand after the max pools, where they compute the same for less.",
          List.of(1, 2, 3),
          List.of(1, 2, 3, 4, 5, 8, 10, 16, 32),
          List.of(1, 2, 3, 5, 10),
          false);

  private static final Placement AFTER_SUMS = new Placement("resnet8", "after the sums", "resnet8");

  static final Variants RESNET8 =
      new Variants(
          Course::resnet8,
          List.of(AFTER_SUMS),
          "All neurons stand after the sums.",
          List.of(1, 3),
          List.of(1, 2, 3, 4, 5, 8, 10, 16),
          List.of(1, 2, 4, 10),
          true);

  static final Variants RESNET8_PLACES =
      new Variants(
          Course::resnet8,
          List.of(
              AFTER_SUMS,
              new Placement("resnet8:bits-added", "before the sums", "resnet8:bits-added"),
              new Placement(
                  "resnet8:pre-activation", "before the convolutions", "resnet8:pre-activation")),
          "Neurons after the sums, before them and before the convolutions are three networks, also"
              + " of deterministic neurons.",
          List.of(),
          List.of(1, 2, 4, 10),
          List.of(10),
          false);

  /// Whether blocks have sums; if not, it is a network of the paper.
  boolean residual() {
    return placements.contains(AFTER_SUMS);
  }

  /// The deterministic networks of as many functions; those of few bits are the first's.
  List<String> deterministic() {
    return placements.stream().map(Placement::first).distinct().toList();
  }

  String pbits(int placement, int s) {
    return "p-bits %s, s = %s".formatted(placements.get(placement).words(), s);
  }

  /// Of few bits too.
  String bits(int bits) {
    return "%s-bit activations".formatted(bits);
  }

  /// What charts call a network of p-bits.
  String pbits(String preset, int s) {
    return pbits(placements.stream().map(Placement::preset).toList().indexOf(preset), s);
  }

  /// What charts call a deterministic network.
  String bits(String preset, int bits) {
    int function = deterministic().indexOf(preset);
    return function == 0 ? bits(bits) : bits(bits) + " " + placements.get(function).words();
  }
}
