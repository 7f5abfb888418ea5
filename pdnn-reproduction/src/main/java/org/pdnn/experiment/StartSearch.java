package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;

/// How neurons best begin where a trained twin ended: each start of a grid is trained briefly, and
/// measured on training images that it did not learn from. The grid and the effort are the same for
/// every kind of neuron, so that a comparison of kinds is one of equals.
///
/// @param twin the trained network
/// @param preset the layers that its weights are put into, as the twin's but for the order of
///   neurons and pools
/// @param neuron every hidden neuron
/// @param hyperparameters of the brief trainings
/// @param learnt training images for them
/// @param held training images that are measured on, none of `learnt`
public record StartSearch(
    TrainedNetwork twin,
    String preset,
    Neuron neuron,
    Hyperparameters hyperparameters,
    Images learnt,
    Images held)
    implements Cell<StartSearch.Result> {
  public static final Kind<StartSearch.Result> KIND = new Kind<>("start", StartSearch.Result.class);

  private static final List<Double> GAINS = List.of(1.0, 4.0, 8.0);

  /// What is taken off the pre-activations, in gains.
  private static final List<Double> LOWERED = List.of(0.0, 0.5, 1.0);

  /// T of p-bits.
  private static final int SAMPLES = 4;

  /// A start and what it came to.
  ///
  /// @param accuracy on the images that are measured on, a share
  public record Tried(double gain, double lowered, double accuracy) {}

  /// All starts in the order of the grid.
  public record Result(List<Tried> tried) {
    public Result {
      tried = List.copyOf(tried);
    }

    /// The most accurate; of equals the first.
    public Tried best() {
      return tried.stream()
          .sorted(Comparator.comparingDouble(one -> -one.accuracy()))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("a search tries at least one start"));
    }
  }

  @Override
  public String title() {
    return "searching the start of %s of %s".formatted(preset, neuron);
  }

  @Override
  public Kind<StartSearch.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, learnt, hyperparameters)
            .put("network", preset)
            .put("neuron", neuron.toString())
            .put("heldSha256", held.sha256());
    GAINS.forEach(json.putArray("gains")::add);
    LOWERED.forEach(json.putArray("lowered")::add);
    json.set("twin", twin.recipe());
    return json;
  }

  @Override
  public double work() {
    double passes = 3.0 * learnt.count() * hyperparameters.epochs() * hyperparameters.samples();
    return GAINS.size() * LOWERED.size() * passes * Macs.of(twin.architecture()) / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(twin);
  }

  @Override
  public StartSearch.Result compute(Context context) throws IOException {
    Network trained =
        Preset.network(preset, learnt.shape(), learnt.classes(), neuron)
            .withTensors(twin.network(context).tensors());
    List<Tried> tried = new ArrayList<>();
    for (double gain : GAINS) {
      for (double lowered : LOWERED) {
        Network moved = Start.moved(trained, gain, gain * lowered);
        Network brief = new Trainer(hyperparameters).train(moved, learnt);
        Evaluation evaluation = Evaluation.independent(List.of(SAMPLES), hyperparameters.seed(), 1);
        double accuracy =
            new BatchEvaluation(evaluation, 1, _ -> {})
                .averages(brief, held)
                .correctness(0)
                .accuracy(0);
        tried.add(new Tried(gain, gain * lowered, accuracy));
        context.progress((double) tried.size() / GAINS.size() / LOWERED.size());
      }
    }
    return new Result(tried);
  }
}
