package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
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
import org.pdnn.sweep.Kind;

/// N_eq of a trained decoder against T by addressed random words, in real numbers: of the variance
/// of pixels, where a classifier has that of logits.
///
/// @param count images, at least 2
public record SampledImages(Pictured decoder, int count, Evaluation evaluation)
    implements Cell<SampledImages.Result> {
  public static final Kind<SampledImages.Result> KIND =
      new Kind<>("sampled-images", SampledImages.Result.class);

  /// What samples are worth of a decoder.
  ///
  /// @param curve one point for each T that has an N_eq, T rising
  public record Result(String modelSha256, List<Worth> curve) {}

  /// N_eq at one T.
  ///
  /// @param samples T
  public record Worth(int samples, Estimate equivalentSamples) {}

  @Override
  public String title() {
    return "sampling %s, %s, %s".formatted(decoder, evaluation.scheme(), evaluation.last());
  }

  @Override
  public Kind<SampledImages.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND)
            .put("images", count)
            .put("imperfection", "none")
            .put("scheme", evaluation.scheme().toString())
            .put("lastHidden", evaluation.last().toString())
            .put("outputs", "pixels")
            .put("seed", evaluation.seed())
            .put("seeds", evaluation.seeds())
            .put("sampler", Precision.REAL.ofTwin());
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
  public List<Cell<?>> needs() {
    return List.of(decoder.model());
  }

  @Override
  public SampledImages.Result compute(Context context) throws IOException {
    Network network = decoder.decoder(context);
    Curve curve =
        evaluation.measure(
            network,
            latents(new Latents(network.input().size(), evaluation.seed())),
            Philox::new,
            1,
            done -> context.progress((double) done / count));
    List<Worth> points = new ArrayList<>();
    for (CurvePoint point : curve.points()) {
      point.equivalentSamples().ifPresent(worth -> points.add(new Worth(point.samples(), worth)));
    }
    return new Result(decoder.model().sha256(context), points);
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
