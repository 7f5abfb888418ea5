package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.Grades;
import org.pdnn.evaluation.Measured;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// A sampled curve, and how the images of each class were answered at its greatest T.
public record CurveByClass(SampledCurve sampled) implements Cell<CurveByClass.Result> {
  public static final Kind<CurveByClass.Result> KIND =
      new Kind<>("curve-by-class", CurveByClass.Result.class);

  /// A curve and its answers by class.
  ///
  /// @param input shape of an image
  /// @param classes in the order of their numbers
  /// @param grades by point of the curve, then those of the deterministic twin
  public record Result(
      CurveResult measured, List<Integer> input, List<ClassAnswers> classes, List<Grades> grades) {}

  /// Answers to the images of one class by all noise seeds.
  ///
  /// @param right those that named the class
  public record ClassAnswers(int answers, int right) {}

  @Override
  public String title() {
    return sampled.title();
  }

  @Override
  public Kind<CurveByClass.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json = Recipe.of(KIND);
    json.set("sampled", sampled.recipe());
    return json;
  }

  @Override
  public double work() {
    return sampled.work();
  }

  @Override
  public List<Cell<?>> needs() {
    return sampled.needs();
  }

  @Override
  public CurveByClass.Result compute(Context context) throws IOException {
    Measured measured = sampled.measured(context);
    Confusion confusion = measured.confusion();
    return new Result(
        CurveResult.of(sampled.model().sha256(context), measured.curve()),
        sampled.images().shape().dimensions(),
        IntStream.range(0, sampled.images().classes())
            .mapToObj(
                label -> new ClassAnswers(confusion.answers(label), confusion.count(label, label)))
            .toList(),
        measured.grades());
  }
}
