package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Outputs;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.training.torch.BatchSampler;

/// Features of a classifier of our own, VGG5 trained on CIFAR-10: the mean of each channel behind
/// the last block of convolutions, 128 numbers. So few are well conditioned for a thousand images,
/// where Inception's 2048 are not.
///
/// Distances of these features are called FD-VGG5. They order networks; they are no FID and cannot
/// be compared with one.
public final class Vgg5Features implements FeatureExtractor {
  private static final Evaluation ONE_PASS =
      new Evaluation(
          List.of(1), Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS, Outputs.LOGITS, 0, 1);

  private final Network network;
  private final BatchSampler sampler;

  /// @param vgg5 a deterministic network, convolutions before dense layers
  /// @param images the shape of the images, as many channels as it reads, and as large or a
  ///   multiple
  /// @throws IllegalArgumentException in one sentence, if the network or the shape does not fit
  public Vgg5Features(Network vgg5, Shape images) {
    this.network = features(vgg5, images);
    this.sampler = new BatchSampler(network, ONE_PASS, 1);
  }

  /// From an image to the means of the channels; larger images are averaged down.
  static Network features(Network vgg5, Shape images) {
    if (vgg5.random()) {
      throw new IllegalArgumentException(
          "features are those of a deterministic network, got one with random neurons");
    }
    int flatten = flatten(vgg5);
    Shape last = vgg5.shapes().get(flatten);
    if (last.rank() != 3 || last.dimension(1) != last.dimension(2)) {
      throw new IllegalArgumentException(
          "features are means over a square of pixels, but the network's are " + last);
    }
    List<Layer> layers = new ArrayList<>();
    int shrink = shrink(vgg5.input(), images);
    if (shrink > 1) {
      layers.add(new AveragePool(shrink));
    }
    layers.addAll(vgg5.layers().subList(0, flatten));
    layers.add(new AveragePool(last.dimension(1)));
    layers.add(new Flatten());
    return new Network(images, layers);
  }

  private static int flatten(Network vgg5) {
    for (int layer = 1; layer + 1 < vgg5.layers().size(); layer++) {
      if (vgg5.layers().get(layer) instanceof Flatten
          && vgg5.layers().get(layer + 1) instanceof Dense) {
        return layer;
      }
    }
    throw new IllegalArgumentException(
        "features are taken behind convolutions and before dense layers; this network has none");
  }

  private static int shrink(Shape reads, Shape images) {
    if (images.rank() == 3
        && images.dimension(0) == reads.dimension(0)
        && images.dimension(1) % reads.dimension(1) == 0
        && images.dimension(1) / reads.dimension(1) * reads.dimension(2) == images.dimension(2)) {
      return images.dimension(1) / reads.dimension(1);
    }
    throw new IllegalArgumentException(
        "images of %s cannot be averaged down to the %s that the network reads"
            .formatted(images, reads));
  }

  @Override
  public String distance() {
    return "FD-VGG5";
  }

  @Override
  public int size() {
    return network.output().size();
  }

  @Override
  public float[][] of(float[][] images) {
    return Flat.rows(sampler.averages(Flat.of(images), 0)[0], size());
  }

  @Override
  public void close() {
    sampler.close();
  }
}
