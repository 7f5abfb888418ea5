package org.pdnn.convert;

import java.io.IOException;
import java.util.List;
import org.pdnn.data.Digits;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// Deterministic networks that were trained on a few of the built-in digits, and these digits.
final class TrainedDigits {
  static final Images IMAGES = Digits.generate(1, 1500, 1).training();

  private TrainedDigits() {}

  /// T passes on the first 150 digits, in real numbers unless weights say otherwise.
  static Calibration calibration(int samples, String weights) {
    return new Calibration(
        LabelledInputs.of(IMAGES.first(150)), Run.of(samples), Precision.parse(weights), 1, 2);
  }

  static Network mlp(String neuron) {
    return trained(Preset.network("mlp:784-48-32-10", IMAGES.shape(), 10, Neuron.parse(neuron)), 6);
  }

  /// Two convolutions with batch norms, each with activations before its pool.
  static Network cnn(String neuron) {
    Neurons neurons = new Neurons(Neuron.parse(neuron));
    return trained(
        new Network(
            IMAGES.shape(),
            List.of(
                Convolution.of(1, 6, 3, 1, 1),
                BatchNorm.of(6),
                neurons,
                new MaxPool(2),
                Convolution.of(6, 12, 3, 1, 1),
                BatchNorm.of(12),
                neurons,
                new MaxPool(2),
                new Flatten(),
                Dense.of(12 * 49, 10))),
        4);
  }

  /// One convolution, with activations before a pool of 16 of them.
  static Network widePool(String neuron) {
    Neurons neurons = new Neurons(Neuron.parse(neuron));
    return trained(
        new Network(
            IMAGES.shape(),
            List.of(
                Convolution.of(1, 16, 5, 1, 2),
                BatchNorm.of(16),
                neurons,
                new MaxPool(4),
                new Flatten(),
                Dense.of(16 * 49, 10))),
        4);
  }

  private static Network trained(Network zero, int epochs) {
    Hyperparameters hyperparameters =
        new Hyperparameters(1, epochs, 32, 3e-3, false, Outputs.LOGITS, 1);
    try {
      return new Trainer(hyperparameters).train(InitialWeights.PYTORCH.of(zero, 1), IMAGES);
    } catch (IOException e) {
      throw new IllegalStateException("no checkpoints are kept", e);
    }
  }
}
