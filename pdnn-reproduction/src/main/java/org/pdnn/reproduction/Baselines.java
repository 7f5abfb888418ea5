package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Outputs;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.EightBits;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.integer.WeightFormat;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.LastHidden;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.training.WeightForm;

/// Fewer bits elsewhere: networks of one-bit weights (BinaryConnect), of one-bit weights and
/// activations (binarised), and in integers of eight bits, beside p-bits.
public final class Baselines implements Experiment {
  private static final int CALIBRATION = 500;

  @Override
  public String name() {
    return "baselines";
  }

  @Override
  public String title() {
    return "Samples or bits, CIFAR-10";
  }

  @Override
  public String data() {
    return "cifar10";
  }

  @Override
  public List<Cell> cells(Budget budget, DataSet data, long seed) {
    HeldOut held = HeldOut.of(budget, data, seed);
    Images training = held.training();
    List<Cell> cells = new ArrayList<>();
    cells.add(curve(held, held.twin(), Retrofit.NONE));
    cells.add(curve(held, held.twin(), Retrofit.weights(WeightFormat.parse("4g"), false)));
    cells.add(
        new EightBits(
            held.twin(), training.slice(0, Math.min(CALIBRATION, training.count())), held.test()));
    cells.add(curve(held, held.trained("sigmoid:1bit", WeightForm.REAL), Retrofit.NONE));
    cells.add(curve(held, held.trained("sigmoid", WeightForm.BINARY), Retrofit.NONE));
    cells.add(curve(held, held.trained("tanh:1bit", WeightForm.BINARY), Retrofit.NONE));
    int s = budget == Budget.STANDARD || budget == Budget.PAPER ? 5 : 2;
    cells.add(curve(held, held.pdnn(s), Retrofit.NONE));
    cells.add(curve(held, held.binaryPdnn(2), Retrofit.NONE));
    return cells;
  }

  private static RetrofitCurve curve(HeldOut held, TrainedNetwork model, Retrofit retrofit) {
    List<Integer> samples =
        held.budget() == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    Evaluation evaluation =
        new Evaluation(
            samples,
            Scheme.INDEPENDENT,
            Averaging.END,
            LastHidden.BITS,
            Outputs.LOGITS,
            held.seed(),
            held.budget() == Budget.STANDARD ? 3 : 2);
    return new RetrofitCurve(model, retrofit, Retrofit.NONE, held.test(), evaluation);
  }

  @Override
  public Reproduction draw(Findings findings) {
    return new BaselinesDrawing(this, findings);
  }
}
