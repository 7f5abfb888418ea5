package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// How much more accurate one measured network is than another on the same images.
///
/// @param samples T of the one
/// @param otherSamples T of the other
public record Comparison(MeasuredCurve one, int samples, MeasuredCurve other, int otherSamples)
    implements Cell<PairedDifference> {
  public static final Kind<PairedDifference> KIND =
      new Kind<>("comparison", PairedDifference.class);

  @Override
  public String title() {
    return "comparing %s at T = %s with %s at T = %s"
        .formatted(one.network(), samples, other.network(), otherSamples);
  }

  @Override
  public Kind<PairedDifference> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json = Recipe.of(KIND).put("samples", samples).put("otherSamples", otherSamples);
    json.set("one", one.recipe());
    json.set("other", other.recipe());
    return json;
  }

  @Override
  public double work() {
    return 0.1;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(one, other);
  }

  @Override
  public PairedDifference compute(Context context) throws IOException {
    return PairedDifference.of(one.answers(context, samples), other.answers(context, otherSamples));
  }
}
