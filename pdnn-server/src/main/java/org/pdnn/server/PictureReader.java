package org.pdnn.server;

import java.io.IOException;
import org.pdnn.network.Model;

/// Reads pictures as inputs of models.
@FunctionalInterface
public interface PictureReader {
  /// The values that the network reads. Called by few threads at once.
  ///
  /// @param picture a file's content
  /// @param resize whether a picture of another size is scaled; else it is refused
  /// @throws IOException in one sentence, if it is no picture, damaged, too large or of another
  ///   size
  /// @throws IllegalArgumentException if the model reads no pictures
  float[] read(byte[] picture, Model model, boolean resize) throws IOException;
}
