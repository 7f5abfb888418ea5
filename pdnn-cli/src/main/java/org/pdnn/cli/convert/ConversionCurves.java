package org.pdnn.cli.convert;

import org.pdnn.cli.display.Display;
import org.pdnn.convert.Converted;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// A converted network on test images.
///
/// @param compared with the network that it was, by scrambled samples
/// @param independent the same by independent samples
/// @param test the images
record ConversionCurves(Compared compared, Curve independent, Images test) {
  /// Measures both curves.
  static ConversionCurves of(Compared.Plan plan, Converted converted, Images test) {
    LabelledInputs inputs = LabelledInputs.of(test);
    try (Display display = new Display("Measuring", "images", 3L * test.count())) {
      Compared compared =
          plan.compare(converted.source(), converted.network(), inputs, display::to);
      Curve independent =
          plan.evaluation(Scheme.INDEPENDENT)
              .measure(
                  converted.network(),
                  compared.precision(),
                  inputs,
                  Philox::new,
                  plan.threads(),
                  done -> display.to(2L * test.count() + done));
      return new ConversionCurves(compared, independent, test);
    }
  }
}
