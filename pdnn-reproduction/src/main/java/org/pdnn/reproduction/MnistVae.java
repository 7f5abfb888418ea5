package org.pdnn.reproduction;

import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.GeneratedImages;
import org.pdnn.experiment.Pictured;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.experiment.VaeFamily;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Schedule;
import org.pdnn.training.VaeTrainer;

/// The auto-encoder of the paper's FPGA (figure 8): digits of a decoder whose neurons read at most
/// 32 bits each, with weights in Q6.25, at one sample.
public final class MnistVae extends Experiment {
  private static final int IMAGES = 64;
  private static final int COLUMNS = 16;

  /// What a budget allows.
  ///
  /// @param images learnt from
  /// @param epochs times each is seen
  private record Scale(int images, int epochs) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY -> new Scale(400, 4);
        case QUICK -> new Scale(10_000, 15);
        case STANDARD -> new Scale(Integer.MAX_VALUE, 40);
        case PAPER -> new Scale(Integer.MAX_VALUE, 1000);
      };
    }
  }

  public MnistVae() {
    super("mnist-vae", "figure 8", "Generated images of the FPGA's auto-encoder", "mnist");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    TrainedVae deterministic = trained(budget, data, VaePlan.TANH, 1, Optional.empty(), seed);
    // p-bits alone learn to ignore the latent variables, whose signs say less than their noise.
    Optional<TrainedVae> start =
        budget == Budget.PAPER ? Optional.empty() : Optional.of(deterministic);
    TrainedVae one = trained(budget, data, VaePlan.TANH_PBIT, 1, start, seed);
    TrainedVae ten = trained(budget, data, VaePlan.TANH_PBIT, 10, start, seed);
    return List.of(
        grid(deterministic, List.of(1), seed),
        grid(one, List.of(1, 32), seed),
        grid(ten, List.of(1, 32), seed));
  }

  private static Cell<?> grid(TrainedVae model, List<Integer> samples, long seed) {
    return new GeneratedImages(Pictured.asTrained(model), samples, IMAGES, COLUMNS, seed);
  }

  private static TrainedVae trained(
      Budget budget, DataSet data, Neuron hidden, int s, Optional<TrainedVae> start, long seed) {
    Scale scale = Scale.of(budget);
    Hyperparameters paperwise =
        VaeTrainer.paper().withSeed(seed).withSamples(s).withEpochs(scale.epochs());
    return new TrainedVae(
        VaeFamily.FPGA,
        Budget.some(data.training(), scale.images()),
        data.test(),
        hidden,
        VaePlan.SIGMOID,
        budget == Budget.PAPER
            ? paperwise
            : paperwise.withSchedule(Schedule.COSINE).withLearningRate(2e-3),
        start,
        false);
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    page.remark(
        "Every neuron of the decoder reads at most 32 others, chosen once at random; latent"
            + " variables enter by their signs; weights are rounded to Q6.25 once they are trained."
            + " The last layer is analog.",
        "Unlike the paper's, p-bits start from the weights of the deterministic auto-encoder.",
        "The decoder's model file is model.safetensors in its cell's folder.");
    for (Found<GeneratedImages.Result> grids : found(findings.of(GeneratedImages.KIND))) {
      Run run = new Run(grids.recipe());
      page.add(
          Decoded.pictures(
              "mnist-vae-" + (run.hiddenIsRandom() ? "s" + run.trainingSamples() : "deterministic"),
              run.hiddenIsRandom() ? "Hidden p-bits, " + run.name() : "Deterministic tanh",
              "The same latent variables in every grid.",
              grids));
    }
    page.add(Charts.trainings("mnist-vae-training", findings));
  }
}
