package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.Layer;
import org.pdnn.network.Shape;

/// y = scale x + shift that a graph does to a value, and that the network may do later: in the
/// weights of the layer that reads the value, if they can take it.
sealed interface Pending permits Affine, ValueWise {
  /// Whether it may as well be done after a layer.
  boolean commutes(Layer layer);

  /// The layer that does this first.
  ///
  /// @param input shape of what the layer reads
  /// @return empty if the layer cannot
  Optional<Layer> into(Layer layer, Shape input);

  /// This, and something else after it.
  Pending then(Affine next);
}
