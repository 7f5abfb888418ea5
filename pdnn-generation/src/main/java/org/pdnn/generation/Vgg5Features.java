package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Dense;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.training.torch.BatchSampler;

/// Features of a classifier of our own, VGG5 trained on CIFAR-10: the neurons of its last hidden
/// layer, 1024 numbers, as those of FID are what Inception's last layer reads.
///
/// Earlier layers respond to sharpness first: by the means of the channels after the convolutions,
/// the grain of two noisy passes brings the blurred faces of an auto-encoder nearer to real ones.
///
/// Distances of these features are called FD-VGG5. They order networks; they are no FID and cannot
/// be compared with one.
public final class Vgg5Features implements FeatureExtractor {
  private static final Evaluation ONE_PASS = Evaluation.once();

  private final Network network;
  private final BatchSampler sampler;

  /// @param vgg5 a deterministic network that ends with neurons and a dense layer
  /// @param images the shape of the images, as many channels as it reads, and as large or a
  ///   multiple
  /// @throws IllegalArgumentException in one sentence, if the network or the shape does not fit
  public Vgg5Features(Network vgg5, Shape images) {
    this.network = features(vgg5, images);
    this.sampler = new BatchSampler(network, ONE_PASS, 1);
  }

  /// From an image to the last hidden neurons; larger images are averaged down.
  static Network features(Network vgg5, Shape images) {
    if (vgg5.random()) {
      throw new IllegalArgumentException(
          "features are those of a deterministic network, got one with random neurons");
    }
    int last = vgg5.layers().size() - 1;
    if (last < 1
        || !(vgg5.layers().get(last) instanceof Dense)
        || !(vgg5.layers().get(last - 1) instanceof Neurons)) {
      throw new IllegalArgumentException(
          "features are hidden neurons before a last dense layer; this network has none");
    }
    List<Layer> layers = new ArrayList<>();
    int shrink = shrink(vgg5.input(), images);
    if (shrink > 1) {
      layers.add(new AveragePool(shrink));
    }
    layers.addAll(vgg5.layers().subList(0, last));
    return new Network(images, layers);
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
    return FloatRows.of(sampler.averages(FloatRows.flat(images), 0)[0], images.length);
  }

  @Override
  public void close() {
    sampler.close();
  }
}
