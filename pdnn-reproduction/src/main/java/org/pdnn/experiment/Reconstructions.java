package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.generation.Decoding;
import org.pdnn.generation.LibtorchDecoding;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Vae;
import org.pdnn.random.Scheme;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;
import org.pdnn.training.torch.BatchSampler;

/// How well a trained auto-encoder makes held-out images again from the means of their latent
/// variables, against T: the mean squared error of a value between 0 and 1, for sets of 64 images.
///
/// @param images a multiple of 64
/// @param samples the T, ascending
/// @param seed of the noise
public record Reconstructions(Pictured decoder, Images images, List<Integer> samples, long seed)
    implements Cell<SetCurve> {
  public static final Kind<SetCurve> KIND = new Kind<>("reconstructions", SetCurve.class);

  /// Images of a set.
  public static final int TOGETHER = LibtorchDecoding.BLOCK;

  private static final Evaluation ONE_PASS = Evaluation.once();

  public Reconstructions {
    if (images.count() < TOGETHER || images.count() % TOGETHER != 0) {
      throw new IllegalArgumentException(
          "images must be a multiple of %s, got %s".formatted(TOGETHER, images.count()));
    }
  }

  @Override
  public String title() {
    return "reconstructions by " + decoder;
  }

  @Override
  public Kind<SetCurve> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images).put("seed", seed).put("sampler", BatchEvaluation.SAMPLER);
    samples.forEach(json.putArray("samples")::add);
    decoder.describe(json);
    return json;
  }

  @Override
  public double work() {
    int passes = Macs.passes(decoder.averaging(), samples);
    double decoding = Macs.of(decoder.model().architecture().decoder()) * passes;
    return images.count() * decoding / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(decoder.model());
  }

  @Override
  public SetCurve compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    Map<Integer, List<Double>> errors = new LinkedHashMap<>();
    try (BatchSampler encoder = encoder(decoder.model().vae(context));
        Decoding decoding =
            new LibtorchDecoding(network, Scheme.INDEPENDENT, decoder.averaging(), samples, seed)) {
      for (int from = 0; from < images.count(); from += TOGETHER) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("interrupted");
        }
        float[] pixels = pixels(from);
        float[][] latents = latents(encoder.averages(pixels, 0)[0]);
        decoding
            .images(latents, from)
            .forEach((count, made) ->
                errors.computeIfAbsent(count, _ -> new ArrayList<>()).add(error(made, pixels)));
        context.progress((double) (from + TOGETHER) / images.count());
      }
    }
    return SetCurve.of(decoder.model().sha256(context), errors);
  }

  private static BatchSampler encoder(Vae vae) {
    List<Layer> layers = new ArrayList<>(vae.encoder().layers());
    layers.addAll(vae.mean().layers());
    return new BatchSampler(new Network(vae.encoder().input(), layers), ONE_PASS, 1);
  }

  private float[] pixels(int from) {
    int size = images.shape().size();
    float[] pixels = new float[TOGETHER * size];
    for (int i = 0; i < TOGETHER; i++) {
      images.read(from + i, pixels, i * size);
    }
    return pixels;
  }

  private static float[][] latents(float[] flat) {
    int size = flat.length / TOGETHER;
    float[][] latents = new float[TOGETHER][];
    for (int i = 0; i < TOGETHER; i++) {
      latents[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
    }
    return latents;
  }

  private static double error(float[][] made, float[] pixels) {
    double sum = 0;
    int at = 0;
    for (float[] image : made) {
      for (float value : image) {
        double difference = value - (double) pixels[at++];
        sum += difference * difference;
      }
    }
    return sum / pixels.length;
  }
}
