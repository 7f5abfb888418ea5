import org.pdnn.convert.*;
import org.pdnn.data.*;
import org.pdnn.evaluation.*;
import org.pdnn.network.*;

/// Converts a trained deterministic network to p-bits: reads an ONNX file, or a model file with its
/// architecture, and writes the p-DNN. No trainer is needed.
void main(String... files) throws Exception {
  Network trained = Source.read(Path.of(files[0])).network();
  DataSet digits = Digits.generate(1, 1000, 200);
  Calibration calibration = Calibration.of(LabelledInputs.of(digits.training().first(300)));
  Converted converted = Conversion.on(calibration).withTolerance(0.2).convert(trained);
  for (StepOutcome step : converted.steps()) {
    IO.println("%s: %s".formatted(step.name(), step.effect()));
  }
  new Model(converted.network(), Map.of()).write(Path.of(files[1]));
}
