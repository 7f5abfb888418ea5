package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.Conversion;
import org.pdnn.convert.ConversionException;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.files.Sha256;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// A deterministic network made a p-DNN without training it: its activations replaced by p-bits,
/// pre-activations and temperatures calibrated. Its folder holds `model.safetensors`.
///
/// @param model the deterministic network
/// @param calibration training images to calibrate on
/// @param samples T of the calibration, scrambled
/// @param precision what weights are rounded to
public record FrozenNetwork(
    TrainedNetwork model, Images calibration, int samples, Precision precision)
    implements Cell<TrainedNetwork.Result> {
  public static final Kind<TrainedNetwork.Result> KIND =
      new Kind<>("frozen-network", TrainedNetwork.Result.class);

  /// Runs of all calibration images that the steps take, about.
  private static final int RUNS = 40;

  @Override
  public String title() {
    return "converting %s without training".formatted(model.preset());
  }

  @Override
  public Kind<TrainedNetwork.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, calibration).put("samples", samples).put("weights", precision.toString());
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    double macs = Macs.of(model.architecture()) * samples * calibration.count();
    return RUNS * macs / Macs.SAMPLED_A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(model);
  }

  @Override
  public TrainedNetwork.Result compute(Context context) throws IOException {
    Calibration some =
        new Calibration(LabelledInputs.of(calibration), Run.of(samples), precision, 1, 1);
    Network converted = converted(Conversion.on(some), model.network(context));
    Path file = CellTraining.model(context.folder());
    new Model(converted, CellTraining.notes(this)).write(file);
    return new TrainedNetwork.Result(Sha256.of(file), converted.parameters());
  }

  /// However much is lost: that is what is asked.
  private static Network converted(Conversion conversion, Network trained) throws IOException {
    try {
      return conversion.withTolerance(1).convert(trained).network();
    } catch (ConversionException e) {
      throw new IOException("the network cannot be converted: " + e.getMessage(), e);
    }
  }

  /// The p-DNN, for a cell that needs this one.
  Network network(Context context) throws IOException {
    return TrainedNetwork.read(context.folder(this)).network();
  }
}
