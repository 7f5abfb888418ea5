package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.generation.Decoding;
import org.pdnn.generation.ImageGrid;
import org.pdnn.generation.Latents;
import org.pdnn.generation.LibtorchDecoding;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// A grid of images of a trained decoder at each T, as JPEG.
///
/// @param samples the T, ascending
/// @param count images of a grid
/// @param seed of latent variables and noise
public record GeneratedImages(
    Pictured decoder, List<Integer> samples, int count, int columns, long seed)
    implements Cell<GeneratedImages.Result> {
  public static final Kind<GeneratedImages.Result> KIND =
      new Kind<>("images", GeneratedImages.Result.class);

  private static final double QUALITY = 0.5;

  /// Generated images of one decoder.
  ///
  /// @param grids one for each T, T rising
  public record Result(String modelSha256, List<Grid> grids) {}

  /// The images at one T, in one picture.
  ///
  /// @param samples T
  @SuppressWarnings("ArrayRecordComponent") // the bytes of a picture, compared by nobody
  public record Grid(int samples, byte[] jpeg) {}

  @Override
  public String title() {
    return "images of " + decoder;
  }

  @Override
  public Kind<GeneratedImages.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND)
            .put("count", count)
            .put("columns", columns)
            .put("quality", QUALITY)
            .put("seed", seed)
            .put("sampler", BatchEvaluation.SAMPLER);
    samples.forEach(json.putArray("samples")::add);
    decoder.describe(json);
    return json;
  }

  @Override
  public double work() {
    return 5;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(decoder.model());
  }

  @Override
  public GeneratedImages.Result compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    float[][] latents = new Latents(network.input().size(), seed).of(0, count);
    List<Grid> grids = new ArrayList<>();
    try (Decoding decoding =
        new LibtorchDecoding(network, Scheme.INDEPENDENT, decoder.averaging(), samples, seed)) {
      decoding
          .images(latents, 0)
          .forEach((passes, images) ->
              grids.add(
                  new Grid(
                      passes, new ImageGrid(images, network.output(), columns).jpeg(QUALITY))));
    }
    return new Result(decoder.model().sha256(context), grids);
  }
}
