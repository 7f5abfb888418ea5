package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.AveragePool;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Neurons;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Weighted;

/// y = scale x + shift, the same for all values, as after neurons that are clipped.
///
/// @param scale above 0, so that the greatest value stays the greatest
record Affine(float scale, float shift) implements Pending {
  Affine {
    if (!(scale > 0 && Float.isFinite(scale) && Float.isFinite(shift))) {
      throw new IllegalArgumentException(
          "a scale must be above 0 and finite, got %s and shift %s".formatted(scale, shift));
    }
  }

  /// Nothing to be done.
  static final Affine IDENTITY = new Affine(1, 0);

  /// Whether it may as well be done after a layer: it commutes with maxima, means and shapes.
  @Override
  public boolean commutes(Layer layer) {
    return switch (layer) {
      case MaxPool _, GlobalAveragePool _, Rearrangement _ -> true;
      // Zeros that are counted are not shifted.
      case AveragePool pool -> !pool.countsPadding() || isIdentity();
      case Weighted _, Scaling _, Neurons _, Join _ -> isIdentity();
    };
  }

  boolean isIdentity() {
    return equals(IDENTITY);
  }

  @Override
  public Affine then(Affine next) {
    return new Affine(next.scale * scale, next.scale * shift + next.shift);
  }

  @Override
  public Optional<Layer> into(Layer layer, Shape input) {
    return AffineInputs.of(layer, new double[] {scale}, new double[] {shift});
  }
}
