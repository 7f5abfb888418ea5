package org.pdnn.generation;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Dense;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.Vae;
import org.pdnn.training.torch.BatchSampler;

/// Turns the latent variables of a trained auto-encoder to their principal axes over the images it
/// was trained on, with mean 0 and variance 1 along each.
///
/// Images are made of latent variables from N(0, 1). A short training leaves those of real images
/// far from it: a few factors, spread over all variables, whose sums have twenty times the variance
/// of independent ones. With a their mean and C = Q L Q' their covariance, z = a + Q L^1/2 z' is
/// taken into the decoder's first layer and out of the last of the mean's head: the same image for
/// the same mean, and of all Gaussian priors the one that fits best.
///
/// The variances of z' given an image are those of its axes, averaged over the images: turned, the
/// posterior of an image is no longer one of independent variables. They are where further training
/// goes on from, and nothing that makes images.
public final class PrincipalLatents {
  private static final int TOGETHER = 256;
  private static final Evaluation ONE_PASS = Evaluation.once();

  private final Vae vae;

  /// By image and variable, then by variable alone, over all images.
  private final DMatrixRMaj means;

  private final double[] variances;
  private final double[] centre;

  private PrincipalLatents(Vae vae, Images images) {
    this.vae = vae;
    this.means = new DMatrixRMaj(images.count(), vae.latents());
    this.variances = new double[vae.latents()];
    this.centre = new double[vae.latents()];
    read(images);
  }

  /// The same auto-encoder with such latent variables.
  ///
  /// @param vae with deterministic encoder and heads that end, and a decoder that begins, with a
  ///   dense layer
  /// @param images what it was trained on, at least two
  public static Vae of(Vae vae, Images images) {
    if (vae.encoder().random() || vae.mean().random() || vae.logVariance().random()) {
      throw new IllegalArgumentException("latent variables of a random encoder cannot be turned");
    }
    if (images.count() < 2) {
      throw new IllegalArgumentException("axes need at least 2 images, got " + images.count());
    }
    return new PrincipalLatents(vae, images).turned();
  }

  private void read(Images images) {
    int size = centre.length;
    try (BatchSampler mean = sampler(vae.encoder(), vae.mean());
        BatchSampler logVariance = sampler(vae.encoder(), vae.logVariance())) {
      for (int from = 0; from < images.count(); from += TOGETHER) {
        int count = Math.min(TOGETHER, images.count() - from);
        float[] pixels = pixels(images, from, count);
        float[] m = mean.averages(pixels, 0)[0];
        float[] logV = logVariance.averages(pixels, 0)[0];
        for (int i = 0; i < m.length; i++) {
          means.set(from + i / size, i % size, m[i]);
          centre[i % size] += m[i] / (double) images.count();
          variances[i % size] += Math.exp(logV[i]) / images.count();
        }
      }
    }
  }

  private static float[] pixels(Images images, int from, int count) {
    int size = images.shape().size();
    float[] pixels = new float[count * size];
    for (int i = 0; i < count; i++) {
      images.read(from + i, pixels, i * size);
    }
    return pixels;
  }

  private static BatchSampler sampler(Network encoder, Network head) {
    List<Layer> layers = new ArrayList<>(encoder.layers());
    layers.addAll(head.layers());
    return new BatchSampler(new Network(encoder.input(), layers), ONE_PASS, 1);
  }

  /// C: the covariance of the means, and the variances around them.
  private DMatrixRMaj covariance() {
    int size = centre.length;
    DMatrixRMaj centred = means.copy();
    for (int image = 0; image < centred.numRows; image++) {
      for (int i = 0; i < size; i++) {
        centred.set(image, i, centred.get(image, i) - centre[i]);
      }
    }
    DMatrixRMaj covariance = Spectrum.inner(centred);
    CommonOps_DDRM.divide(covariance, centred.numRows);
    for (int i = 0; i < size; i++) {
      covariance.add(i, i, variances[i]);
    }
    return covariance;
  }

  private Vae turned() {
    Spectrum.Axes axes = Spectrum.axes(covariance());
    int size = centre.length;
    double[] deviation = axes.variances().stream().mapToDouble(Math::sqrt).toArray();
    // Q L^1/2 and its inverse, L^-1/2 Q'.
    DMatrixRMaj out = new DMatrixRMaj(size, size);
    DMatrixRMaj in = new DMatrixRMaj(size, size);
    double[] logVariance = new double[size];
    for (int k = 0; k < size; k++) {
      double variance = 0;
      for (int i = 0; i < size; i++) {
        double q = axes.vectors().get(i, k);
        out.set(i, k, q * deviation[k]);
        in.set(k, i, q / deviation[k]);
        variance += q * q * variances[i];
      }
      logVariance[k] = Math.log(variance / (deviation[k] * deviation[k]));
    }
    return new Vae(
        vae.encoder(),
        withLast(vae.mean(), turnedOut(in, last(vae.mean()))),
        withLast(vae.logVariance(), constant(last(vae.logVariance()), logVariance)),
        vae.decoder().with(0, turnedIn(out)));
  }

  /// m' = L^-1/2 Q' (W x + b - a).
  private Dense turnedOut(DMatrixRMaj in, Dense layer) {
    DMatrixRMaj weight = new DMatrixRMaj(in.numRows, layer.inputs());
    CommonOps_DDRM.mult(in, matrix(layer), weight);
    double[] bias = new double[in.numRows];
    for (int k = 0; k < bias.length; k++) {
      for (int i = 0; i < centre.length; i++) {
        bias[k] += in.get(k, i) * (layer.bias().get(i) - centre[i]);
      }
    }
    return dense(weight, bias);
  }

  /// W (a + Q L^1/2 z') + b.
  private Dense turnedIn(DMatrixRMaj out) {
    if (!(vae.decoder().layers().getFirst() instanceof Dense layer)) {
      throw new IllegalArgumentException(
          "the decoder must begin with a dense layer, got " + vae.decoder().layers().getFirst());
    }
    DMatrixRMaj old = matrix(layer);
    DMatrixRMaj weight = new DMatrixRMaj(old.numRows, old.numCols);
    CommonOps_DDRM.mult(old, out, weight);
    double[] bias = new double[layer.outputs()];
    for (int o = 0; o < bias.length; o++) {
      bias[o] = layer.bias().get(o);
      for (int i = 0; i < centre.length; i++) {
        bias[o] += old.get(o, i) * centre[i];
      }
    }
    return dense(weight, bias);
  }

  private static Dense constant(Dense layer, double[] values) {
    return dense(new DMatrixRMaj(layer.outputs(), layer.inputs()), values);
  }

  private static Dense last(Network head) {
    if (head.layers().getLast() instanceof Dense layer) {
      return layer;
    }
    throw new IllegalArgumentException(
        "a head must end with a dense layer, got " + head.layers().getLast());
  }

  private static DMatrixRMaj matrix(Dense layer) {
    DMatrixRMaj matrix = new DMatrixRMaj(layer.outputs(), layer.inputs());
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = layer.weight().get(i);
    }
    return matrix;
  }

  private static Dense dense(DMatrixRMaj weight, double[] bias) {
    return new Dense(
        new Tensor(Shape.of(weight.numRows, weight.numCols), FloatRows.rounded(weight.data)),
        new Tensor(Shape.of(bias.length), FloatRows.rounded(bias)));
  }

  private static Network withLast(Network head, Dense layer) {
    return head.with(head.layers().size() - 1, layer);
  }
}
