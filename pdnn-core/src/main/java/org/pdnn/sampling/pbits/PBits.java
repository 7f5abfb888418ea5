package org.pdnn.sampling.pbits;

import java.lang.foreign.MemorySegment;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

/// From the sums of a layer to the bits of its p-bits, unit after unit: rows, columns, channels,
/// the channel fastest.
///
/// Sums are ints; pre-activations and thresholds are shorts, thresholds unsigned; codes are bytes.
/// Positions and offsets count elements, not bytes. Memory must go on for [#PADDING] bytes after
/// what a call names: kernels read it and may leave anything in it. What is computed in the order
/// of memory, pixel after pixel and chain after chain, is right in the end. Kernels have no state
/// and serve any number of threads.
public interface PBits {
  /// Bytes after the last element that a kernel may read and write.
  int PADDING = 128;

  /// What results call the kernel.
  String name();

  /// The greatest pre-activation of each pool of a row of pools, clamped to 16 bits; a pixel may be
  /// a pool. No multiplier is negative, as no scale of weights is.
  ///
  /// @param pixel the pixel at `from` in its image, whose biases it may have
  /// @param members the pixels of the first pool, as offsets from `from`; at least one
  /// @param step from a pool to the next, in sums
  /// @param target `[pool][channel]`
  void greatest(
      Affine affine,
      int pixel,
      MemorySegment sums,
      long from,
      long[] members,
      int pools,
      long step,
      MemorySegment target,
      long to);

  /// Replaces n pre-activations by their thresholds.
  void thresholds(Threshold curve, MemorySegment units, long from, int n);

  /// The thresholds of p-bits of which a row of pools takes the OR ([Threshold#either]).
  ///
  /// @param members the pixels of the first pool, as offsets from `from`, in the pool's order; at
  ///   least one
  /// @param step from a pool to the next, in thresholds
  /// @param target `[pool][channel]`; not the same as `thresholds`
  void any(
      MemorySegment thresholds,
      long from,
      long[] members,
      int pools,
      long step,
      int channels,
      MemorySegment target,
      long to);

  /// The words of the p-bits of a layer, for the calls of one thread to [#fire].
  ///
  /// @param samples T, at least 1; of no meaning to the passes unless the scheme must know it
  /// @param layer index of the layer that addresses the words
  /// @param slots inputs whose words are kept, at least 1
  Words words(RandomWords source, Scheme scheme, int samples, int layer, int units, int slots);

  /// The bits of one pass ([Threshold#up]) for the first n units: codes 0 and 1.
  ///
  /// @param words turned to the input
  /// @param pass below T
  void fire(
      MemorySegment thresholds,
      long from,
      Words words,
      int pass,
      int n,
      MemorySegment codes,
      long to);

  /// Draws bits of means in real numbers: 1 where u is below the mean, else `least`, with u as
  /// [#uniform] draws it, but from `least` to below 1.
  ///
  /// @param least 0, or -1 for bits with a sign
  /// @param from the first unit, a multiple of four
  /// @param means floats of consecutive units, as many as it is long
  /// @param bits floats, as many, perhaps the same memory; nothing after it is touched
  void fire(Pass pass, int least, int from, MemorySegment means, MemorySegment bits);

  /// Draws numbers in [0, 1): the upper 24 bits of a word.
  ///
  /// @param from the first unit, a multiple of four
  /// @param numbers floats of consecutive units, as many as it is long; nothing after it is touched
  void uniform(Pass pass, int from, MemorySegment numbers);
}
