package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;

/// How much more accurate one measured network is than another on the same images.
///
/// @param claim what is said to be better than what: `fig. 4a: s = 5 beats s = 1 at T = 10`
/// @param margin added to the difference: with 0.01 the one may be a point worse
/// @param samples T of the one
/// @param otherSamples T of the other
public record Comparison(
    String claim,
    double margin,
    MeasuredCurve one,
    int samples,
    MeasuredCurve other,
    int otherSamples)
    implements Cell {
  /// That the one is better, without a margin.
  public static Comparison of(
      String claim, MeasuredCurve one, int samples, MeasuredCurve other, int otherSamples) {
    return new Comparison(claim, 0, one, samples, other, otherSamples);
  }

  @Override
  public String title() {
    return "comparing: " + claim;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of("comparison")
            .put("claim", claim)
            .put("margin", margin)
            .put("samples", samples)
            .put("otherSamples", otherSamples);
    json.set("one", one.recipe());
    json.set("other", other.recipe());
    return json;
  }

  @Override
  public double work() {
    return 0.1;
  }

  @Override
  public List<Cell> needs() {
    return List.of(one, other);
  }

  @Override
  public ObjectNode compute(Context context) throws IOException {
    return PairedDifference.of(one.answers(context, samples), other.answers(context, otherSamples))
        .toJson();
  }
}
