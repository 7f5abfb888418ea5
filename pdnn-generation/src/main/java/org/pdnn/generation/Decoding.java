package org.pdnn.generation;

import java.util.Map;

/// Makes images of latent variables by passes of a decoder, for some numbers of passes T at once.
/// Used by one thread.
public interface Decoding extends AutoCloseable {

  /// The images of some latent variables.
  ///
  /// @param latents by image
  /// @param first the address of the first image; the others follow it
  /// @return by T: images, row-major, 0 to 1
  Map<Integer, float[][]> images(float[][] latents, long first);

  /// Frees what it holds.
  @Override
  void close();
}
