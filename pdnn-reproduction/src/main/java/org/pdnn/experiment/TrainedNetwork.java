package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.files.Sha256;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;
import org.pdnn.training.WeightForm;

/// A classifier trained on the training images of a data set. Its folder holds `model.safetensors`;
/// a training that was interrupted goes on from its checkpoint.
///
/// @param images what is learnt from
/// @param preset name of the network
/// @param neuron every hidden neuron
/// @param start the first weights
public record TrainedNetwork(
    Images images, String preset, Neuron neuron, Hyperparameters hyperparameters, Start start)
    implements Cell<TrainedNetwork.Result> {
  public static final Kind<TrainedNetwork.Result> KIND =
      new Kind<>("network", TrainedNetwork.Result.class);

  /// What the last epoch showed is not among the results: of a resumed training only the rest is
  /// known.
  public record Result(String modelSha256, long parameters) {}

  @Override
  public String title() {
    return "training %s of %s, s = %s, seed %s"
        .formatted(preset, neuron, hyperparameters.samples(), hyperparameters.seed());
  }

  @Override
  public Kind<TrainedNetwork.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images, hyperparameters)
            .put("network", preset)
            .put("neuron", neuron.toString())
            .put("outputs", hyperparameters.outputs().toString());
    if (hyperparameters.weights() != WeightForm.REAL) {
      json.put("weights", hyperparameters.weights().toString());
    }
    json.set("first", start.recipe());
    return json;
  }

  /// Passes of multiply-accumulates, forward and backward, at the speed of one core.
  @Override
  public double work() {
    Network network = architecture();
    int passes = network.random() ? hyperparameters.samples() : 1;
    double macs = Macs.of(network);
    return 3.0 * macs * passes * hyperparameters.epochs() * images.count() / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return start.needs();
  }

  /// The layers, with zero weights.
  Network architecture() {
    return Preset.network(preset, images.shape(), images.classes(), neuron);
  }

  @Override
  public TrainedNetwork.Result compute(Context context) throws IOException {
    Trainer trainer =
        CellTraining.in(context, hyperparameters.epochs(), new Trainer(hyperparameters));
    Network initial = start.of(architecture(), hyperparameters.seed(), context);
    Network trained = trainer.train(initial, images);
    Path file = CellTraining.model(context.folder());
    new Model(trained, CellTraining.notes(this)).write(file);
    trainer.forget();
    return new Result(Sha256.of(file), trained.parameters());
  }

  /// The trained network, for a cell that needs this one.
  Network network(Context context) throws IOException {
    return read(context.folder(this)).network();
  }

  /// The model in the folder of a finished cell.
  public static Model read(Path folder) throws IOException {
    return Model.read(CellTraining.model(folder));
  }

  /// Hash of the trained model's file.
  String sha256(Context context) throws IOException {
    return context.result(this).modelSha256();
  }
}
