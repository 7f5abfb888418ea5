package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.pdnn.generation.Decoding;
import org.pdnn.generation.FeatureExtractor;
import org.pdnn.generation.FrechetDistance;
import org.pdnn.generation.GaussianStatistics;
import org.pdnn.generation.Latents;
import org.pdnn.generation.LibtorchDecoding;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// How far the images of a trained decoder are from real ones, against T: Fréchet distances of
/// several sets of images, whose latent variables are the same for every decoder.
///
/// @param real what they are compared with
/// @param samples the T, ascending
/// @param sets sets of images, each with latent variables of its own
/// @param seed of latent variables and noise
public record GeneratedDistances(
    Pictured decoder, RealFeatures real, List<Integer> samples, int sets, long seed)
    implements Cell<SetCurve> {
  public static final Kind<SetCurve> KIND = new Kind<>("distances", SetCurve.class);

  @Override
  public String title() {
    return "%s of %s".formatted(real.source().distance(), decoder);
  }

  @Override
  public Kind<SetCurve> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND).put("sets", sets).put("seed", seed).put("sampler", BatchEvaluation.SAMPLER);
    samples.forEach(json.putArray("samples")::add);
    decoder.describe(json);
    json.set("real", real.recipe());
    return json;
  }

  @Override
  public double work() {
    double images = (double) sets * real.together();
    int passes = Macs.passes(decoder.averaging(), samples);
    double decoding = Macs.of(decoder.model().architecture().decoder()) * passes;
    return images * (decoding + samples.size() * real.source().macs()) / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    List<Cell<?>> cells = new ArrayList<>(List.of(decoder.model(), real));
    cells.addAll(real.needs());
    return cells;
  }

  @Override
  public SetCurve compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    GaussianStatistics reference = real.statistics(context);
    Map<Integer, List<Double>> values = new TreeMap<>();
    try (FeatureExtractor extractor = real.open(context);
        Decoding decoding =
            new LibtorchDecoding(network, Scheme.INDEPENDENT, decoder.averaging(), samples, seed)) {
      for (int set = 0; set < sets; set++) {
        features(extractor, decoding, network, set, context)
            .forEach((count, features) ->
                values
                    .computeIfAbsent(count, _ -> new ArrayList<>())
                    .add(FrechetDistance.between(reference, GaussianStatistics.of(features))));
      }
    }
    return SetCurve.of(decoder.model().sha256(context), values);
  }

  /// The features of one set of images, by T.
  private Map<Integer, List<float[]>> features(
      FeatureExtractor extractor, Decoding decoding, Network network, int set, Context context) {
    Latents latents = new Latents(network.input().size(), seed);
    Map<Integer, List<float[]>> features = new TreeMap<>();
    // Sets begin with a block of their own, so that no image is in two.
    long first = (long) set * Math.ceilDiv(real.together(), LibtorchDecoding.BLOCK);
    for (int from = 0; from < real.together(); from += LibtorchDecoding.BLOCK) {
      requireNoInterrupt();
      int size = Math.min(LibtorchDecoding.BLOCK, real.together() - from);
      long address = first * LibtorchDecoding.BLOCK + from;
      decoding
          .images(latents.of(address, address + size), address)
          .forEach((count, images) ->
              features
                  .computeIfAbsent(count, _ -> new ArrayList<>())
                  .addAll(List.of(extractor.of(images))));
      context.progress((set + (double) from / real.together()) / sets);
    }
    return features;
  }

  private static void requireNoInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
