package org.pdnn.generation;

import java.util.Map;
import java.util.SortedSet;

/// Makes images of latent variables by T passes of a decoder. Used by one thread.
public interface Decoding extends AutoCloseable {

  /// The images of some latent variables.
  ///
  /// @param latents by image
  /// @param first the address of the first image; the others follow it
  /// @param samples the numbers of passes T
  /// @return by T: images, row-major, 0 to 1
  Map<Integer, float[][]> images(float[][] latents, long first, SortedSet<Integer> samples);

  /// Frees what it holds.
  @Override
  void close();
}
