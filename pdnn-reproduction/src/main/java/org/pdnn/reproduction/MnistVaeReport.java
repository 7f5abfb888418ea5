package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Pictures;
import org.pdnn.reproduction.Generated.Grids;
import org.pdnn.reproduction.Generated.Run;
import org.pdnn.sweep.Findings;

/// The digits of the FPGA's auto-encoder drawn from findings.
final class MnistVaeReport extends ExperimentReport {
  private final Generated generated;

  MnistVaeReport(MnistVae experiment, Findings findings) {
    super(experiment, "figure 8", findings);
    this.generated = new Generated(findings);
    if (generated.images().isEmpty()) {
      throw new IllegalArgumentException(
          "the findings hold nothing of the auto-encoder of figure 8");
    }
  }

  @Override
  List<String> notes() {
    return List.of(
        "Every neuron of the decoder reads at most 32 others, chosen once at random; latent"
            + " variables enter by their signs; weights are rounded to Q6.25 once they are trained."
            + " The last layer is analog.",
        "Unlike the paper's, p-bits start from the weights of the deterministic auto-encoder.",
        "The decoder's model file is model.safetensors in its cell's folder.");
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>();
    for (Grids grids : generated.images()) {
      Run run = grids.run();
      items.add(
          new Pictures(
              run.hiddenIsPBit() ? "mnist-vae-s" + run.trainedSamples() : "mnist-vae-deterministic",
              run.hiddenIsPBit()
                  ? "Hidden p-bits, s = " + run.trainedSamples()
                  : "Deterministic tanh",
              "The same latent variables in every grid.",
              grids.pictures()));
    }
    items.add(generated.training("mnist-vae-training"));
    return items;
  }
}
