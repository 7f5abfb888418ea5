package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.pdnn.generation.Decoding;
import org.pdnn.generation.ImageGrid;
import org.pdnn.generation.Latents;
import org.pdnn.generation.LibtorchDecoding;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.training.BatchEvaluation;

/// A grid of images of a trained decoder at each T, as JPEG.
///
/// @param samples the T, ascending
/// @param count images of a grid
/// @param seed of latent variables and noise
public record GeneratedImages(
    Pictured decoder, List<Integer> samples, int count, int columns, long seed) implements Cell {
  private static final double QUALITY = 0.5;

  @Override
  public String title() {
    return "images of " + decoder;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of("images")
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
  public List<Cell> needs() {
    return List.of(decoder.model());
  }

  @Override
  public ObjectNode compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("modelSha256", decoder.model().sha256(context));
    float[][] latents = new Latents(network.input().size(), seed).of(0, count);
    try (Decoding decoding =
        new LibtorchDecoding(network, Scheme.INDEPENDENT, decoder.averaging(), samples, seed)) {
      decoding
          .images(latents, 0)
          .forEach((passes, images) ->
              json.withArray("grids")
                  .addObject()
                  .put("samples", passes)
                  .put("jpeg", jpeg(images, network)));
    }
    return json;
  }

  private String jpeg(float[][] images, Network network) {
    ImageGrid grid = new ImageGrid(images, network.output(), columns);
    return Base64.getEncoder().encodeToString(grid.jpeg(QUALITY));
  }
}
