package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.generation.Latents;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// N_eq of a trained decoder against T by addressed random words, in real numbers: of the variance
/// of pixels, where a classifier has that of logits.
///
/// @param count images, at least 2
public record SampledImages(Pictured decoder, int count, Evaluation evaluation) implements Cell {
  @Override
  public String title() {
    return "sampling %s, %s, %s".formatted(decoder, evaluation.scheme(), evaluation.last());
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of("sampled")
            .put("images", count)
            .put("imperfection", "none")
            .put("scheme", evaluation.scheme().toString())
            .put("lastHidden", evaluation.last().toString())
            .put("outputs", "pixels")
            .put("seed", evaluation.seed())
            .put("seeds", evaluation.seeds())
            .put("sampler", Precision.REAL.sampler());
    evaluation.samples().forEach(json.putArray("samples")::add);
    decoder.describe(json);
    return json;
  }

  @Override
  public double work() {
    double passes = (double) evaluation.samples().getLast() * evaluation.seeds();
    return Macs.of(decoder.model().architecture().decoder())
        * passes
        * count
        / Macs.SAMPLED_A_SECOND;
  }

  @Override
  public List<Cell> needs() {
    return List.of(decoder.model());
  }

  @Override
  public ObjectNode compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    Curve curve =
        evaluation.measure(
            network,
            latents(new Latents(network.input().size(), evaluation.seed())),
            Philox::new,
            1,
            done -> context.progress((double) done / count));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("modelSha256", decoder.model().sha256(context));
    ArrayNode points = json.putArray("curve");
    for (CurvePoint point : curve.points()) {
      ObjectNode kept = points.addObject().put("samples", point.samples());
      point.equivalentSamples().ifPresent(worth -> put(kept, worth));
    }
    return json;
  }

  private static void put(ObjectNode json, Estimate worth) {
    json.put("equivalentSamples", worth.value())
        .put("equivalentSamplesLow", worth.low())
        .put("equivalentSamplesHigh", worth.high());
  }

  /// Latent variables have no classes: what is counted of the pixel that they are given as their
  /// class is not kept.
  private LabelledInputs latents(Latents latents) {
    return new LabelledInputs() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public int label(int index) {
        return 0;
      }

      @Override
      public void read(int index, float[] target) {
        float[] values = latents.of(index);
        System.arraycopy(values, 0, target, 0, values.length);
      }
    };
  }
}
