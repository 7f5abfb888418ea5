package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.pdnn.benchmark.onnx.QuantisedGraph;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.onnx.runtime.OnnxSession;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.BatchEvaluation;

/// A trained deterministic network in integers of eight bits, run by ONNX Runtime: signed weights
/// with a scale an output, unsigned activations (B. Jacob et al., "Quantization and training of
/// neural networks for efficient integer-arithmetic-only inference", CVPR 2018), compared with the
/// 32-bit network on the same images.
///
/// @param calibration training images whose activations give the ranges
public record EightBits(TrainedNetwork model, Images calibration, Images images)
    implements Cell<EightBits.Result> {
  public static final Kind<EightBits.Result> KIND =
      new Kind<>("eight-bits", EightBits.Result.class);

  /// Images of a run; a model of that batch is loaded for each.
  private static final int TOGETHER = 250;

  /// A network in integers of eight bits beside itself in real numbers.
  ///
  /// @param accuracy in integers
  /// @param plain accuracy of the 32-bit network
  /// @param images how many
  /// @param input shape of an image
  public record Result(
      double accuracy,
      double plain,
      int images,
      List<Integer> input,
      int classes,
      PairedDifference paired) {}

  @Override
  public String title() {
    return "measuring %s in integers of eight bits".formatted(model.preset());
  }

  @Override
  public Kind<EightBits.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images)
            .put("calibrationSha256", calibration.sha256())
            .put("calibration", calibration.count())
            .put("sampler", "ONNX Runtime " + OnnxSession.version());
    json.set("model", model.recipe());
    return json;
  }

  @Override
  public double work() {
    return Macs.of(model.architecture()) * images.count() / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return List.of(model);
  }

  @Override
  public EightBits.Result compute(Context context) throws IOException {
    Network trained = model.network(context);
    Network network = MoveNeuronsAfterPool.apply(FoldBatchNorm.apply(trained));
    Correctness real =
        new BatchEvaluation(Evaluation.of(1, 1), 1, done -> {})
            .averages(trained, images)
            .correctness(0);
    Correctness integers = answers(network, context);
    return new Result(
        integers.accuracy(0),
        real.accuracy(0),
        images.count(),
        images.shape().dimensions(),
        images.classes(),
        PairedDifference.of(integers, real));
  }

  private Correctness answers(Network network, Context context) {
    int size = network.input().size();
    float[][] seen = LabelledInputs.of(calibration).read(0, calibration.count(), size);
    LabelledInputs inputs = LabelledInputs.of(images);
    float[][] outputs = new float[images.count()][];
    int[] labels = new int[images.count()];
    byte[] graph = {};
    for (int from = 0; from < images.count(); from += TOGETHER) {
      int to = Math.min(images.count(), from + TOGETHER);
      float[][] batch = inputs.read(from, to, size);
      if (from == 0 || to - from < TOGETHER) {
        graph = QuantisedGraph.of(network, seen, batch.length);
      }
      try (OnnxSession session = new OnnxSession(graph, network.input(), batch, 1)) {
        session.run();
        System.arraycopy(session.outputs(), 0, outputs, from, batch.length);
      }
      for (int i = from; i < to; i++) {
        labels[i] = images.label(i);
      }
      context.progress((double) to / images.count());
    }
    return Correctness.of(new float[][][] {outputs}, labels);
  }
}
