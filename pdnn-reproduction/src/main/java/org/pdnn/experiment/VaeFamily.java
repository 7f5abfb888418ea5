package org.pdnn.experiment;

import java.util.Locale;
import java.util.Optional;
import org.pdnn.network.FanIn;
import org.pdnn.network.FixedPointWeights;
import org.pdnn.network.Neuron;
import org.pdnn.network.Shape;
import org.pdnn.network.Vae;
import org.pdnn.network.VaePreset;

/// The paper's two kinds of auto-encoder.
public enum VaeFamily {
  /// Convolutions, as for CelebA (figures 3 and 4b).
  CONVOLUTIONAL,
  /// Dense layers for MNIST on the FPGA: fan-in of at most 32, weights in Q6.25 once trained.
  FPGA;

  /// The inputs that a neuron of the FPGA has (paper, section 5).
  public static final int FAN_IN = 32;

  /// The layers, with zero weights.
  ///
  /// @param last the decoder's last neurons; the FPGA's are sigmoid
  Vae architecture(Shape images, Neuron hidden, Neuron last) {
    return switch (this) {
      case CONVOLUTIONAL -> VaePreset.convolutional(images, hidden, last);
      case FPGA -> VaePreset.mnist(hidden);
    };
  }

  /// What limits the decoder's fan-in.
  ///
  /// @param seed of the masks
  Optional<FanIn> fanIn(long seed) {
    return switch (this) {
      case CONVOLUTIONAL -> Optional.empty();
      case FPGA -> Optional.of(new FanIn(FAN_IN, seed));
    };
  }

  /// What the decoder's weights are rounded to once they are trained.
  Optional<FixedPointWeights> rounding() {
    return switch (this) {
      case CONVOLUTIONAL -> Optional.empty();
      case FPGA -> Optional.of(FixedPointWeights.Q6_25);
    };
  }

  /// The name in recipes, lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
