package org.pdnn.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.ExchangedClasses;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.Result;
import org.pdnn.report.Interval;

/// A model and what was measured of it.
record Evaluated(Subject subject, Measured measured) {
  List<CurvePoint> points() {
    return measured.curve().points();
  }

  /// The answers at a T; those of a deterministic model at any.
  Correctness at(int samples) {
    for (int i = 0; i < points().size(); i++) {
      if (points().size() == 1 || points().get(i).samples() == samples) {
        return measured.points().get(i);
      }
    }
    throw new IllegalArgumentException("T = %s was not measured".formatted(samples));
  }

  /// The accuracies that other images are likely to give.
  Interval onOtherImages(CurvePoint point) {
    return Interval.of(Estimate.ofShare(point.accuracy().value(), subject.images().count()));
  }

  /// What a reader should know of these numbers, a sentence each.
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    Chance chance =
        new Chance(
            measured.last().accuracy().value(),
            subject.images().count(),
            measured.confusion().mostFrequent());
    if (!chance.beaten()) {
      remarks.add(subject.name() + ": " + chance.sentence());
    }
    ExchangedClasses.of(measured.confusion())
        .map(classes -> classes.sentence(subject.images().classNames()))
        .ifPresent(sentence -> remarks.add(subject.name() + ": " + sentence));
    if (measured.curve().single()) {
      remarks.add(
          "%s has no random neurons: it runs one pass, whatever T".formatted(subject.name()));
    }
    return remarks;
  }

  Result result() {
    return Result.of(subject.name(), subject.images().name(), measured, subject.provenance());
  }
}
