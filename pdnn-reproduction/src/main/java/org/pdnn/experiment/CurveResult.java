package org.pdnn.experiment;

import java.util.List;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;

/// A trained network measured against T.
///
/// @param curve one point for each T, T rising
/// @param deterministic the point of the deterministic twin
public record CurveResult(String modelSha256, List<CurvePoint> curve, CurvePoint deterministic) {
  static CurveResult of(String modelSha256, Curve curve) {
    return new CurveResult(modelSha256, curve.points(), curve.deterministic());
  }
}
