package org.pdnn.ising.learning;

import java.util.concurrent.atomic.AtomicInteger;
import org.pdnn.data.Images;
import org.pdnn.sampling.Workers;

/// Classes by a joint machine: the label whose free energy with an image is least is the likeliest.
/// Nothing is drawn: free energies are of the pixels' means.
public final class FreeEnergyClassifier {
  private final Weights weights;
  private final int pixels;

  /// @throws IllegalArgumentException if the machine has no labels
  public FreeEnergyClassifier(Rbm rbm) {
    requireLabels(rbm);
    this.weights = new Weights(rbm);
    this.pixels = rbm.pixels();
  }

  /// @throws IllegalArgumentException if the machine has no labels
  static void requireLabels(Rbm rbm) {
    if (rbm.labels() == 0) {
      throw new IllegalArgumentException(
          "%s has no labels; train one with labels, as %s+10-%s"
              .formatted(rbm, "rbm:" + rbm.pixels(), rbm.hidden()));
    }
  }

  /// For each label the negative free energy of the image with it, but for what all have in common:
  /// log-probabilities, up to a constant.
  ///
  /// @param image the means of the pixels
  public double[] logits(float[] image) {
    float[] inputs = new float[weights.hiddenBias.length];
    weights.hiddenInputs(image, inputs);
    double[] logits = new double[weights.visibleBias.length - pixels];
    for (int label = 0; label < logits.length; label++) {
      float[] row = weights.byVisible[pixels + label];
      logits[label] = weights.visibleBias[pixels + label] + Weights.softplus(inputs, row, 1);
    }
    return logits;
  }

  /// The likeliest label; of equals the first.
  public int label(float[] image) {
    double[] logits = logits(image);
    int best = 0;
    for (int label = 1; label < logits.length; label++) {
      best = logits[label] > logits[best] ? label : best;
    }
    return best;
  }

  /// The share of images whose likeliest label is theirs.
  public double accuracy(Images images, int threads) {
    AtomicInteger right = new AtomicInteger();
    Workers.forEach(
        images.count(),
        threads,
        () -> {
          float[] image = new float[pixels];
          return index -> {
            images.read(index, image, 0);
            if (label(image) == images.label(index)) {
              right.incrementAndGet();
            }
          };
        });
    return right.get() / (double) images.count();
  }
}
