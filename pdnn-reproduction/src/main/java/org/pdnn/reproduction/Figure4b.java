package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.FeatureSource;
import org.pdnn.experiment.GeneratedDistances;
import org.pdnn.experiment.Pictured;
import org.pdnn.experiment.RealFeatures;
import org.pdnn.experiment.Reconstructions;
import org.pdnn.experiment.TrainedVae;
import org.pdnn.sampling.Averaging;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// Figure 4b: how far generated faces are from real ones, against T, for auto-encoders trained with
/// different s, beside deterministic neurons of 32 bits and 1 bit and averaging layer by layer.
///
/// The distance is FID if the user brings Inception, else FD-VGG5, of features of our own network.
/// Beside it stands the error of reconstructions, which no grain can flatter.
public final class Figure4b extends Experiment {
  private static final List<Integer> ONCE = List.of(1);
  private static final String CIFAR10 = "cifar10";

  private final Optional<FeatureSource.Inception> inception;

  /// Distances of features of our own.
  public Figure4b() {
    this(Optional.empty());
  }

  private Figure4b(Optional<FeatureSource.Inception> inception) {
    super("fig4b", "figure 4b", "Distance of generated images against samples", "celeba");
    this.inception = inception;
  }

  /// Features are learnt from CIFAR-10, whose images have classes; digits have classes of their
  /// own.
  @Override
  public List<String> further(DataSet data) {
    return inception.isPresent() || data.training().classes() > 1 ? List.of() : List.of(CIFAR10);
  }

  @Override
  public Experiment withInception(FeatureSource.Inception brought) {
    return new Figure4b(Optional.of(brought));
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    return cells(budget, data, List.of(), seed);
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, List<DataSet> further, long seed) {
    VaePlan plan = new VaePlan(budget, data, seed);
    RealFeatures real = real(plan, budget, data, further, seed);
    TrainedVae twin = plan.twin();
    List<Cell<?>> cells = new ArrayList<>();
    for (TrainedVae once : List.of(twin, plan.oneBit())) {
      cells.add(distances(plan, real, Pictured.asTrained(once), ONCE, seed));
      cells.add(new Reconstructions(Pictured.asTrained(once), plan.held(), ONCE, seed));
    }
    List<Pictured> random = new ArrayList<>();
    plan.scale().trained().forEach(s -> random.add(Pictured.asTrained(plan.pbits(s))));
    random.add(new Pictured(twin, VaePlan.TANH_PBIT, VaePlan.SIGMOID, Averaging.LAYER));
    random.add(new Pictured(twin, VaePlan.TANH_PBIT, VaePlan.SIGMOID, Averaging.END));
    random.add(new Pictured(twin, VaePlan.TANH_PBIT, VaePlan.SIGMOID_PBIT, Averaging.END));
    random.add(Pictured.asTrained(plan.allPBits()));
    List<Integer> samples = plan.scale().samples();
    for (Pictured decoder : random) {
      cells.add(distances(plan, real, decoder, samples, seed));
      cells.add(new Reconstructions(decoder, plan.held(), samples, seed));
    }
    return cells;
  }

  private RealFeatures real(
      VaePlan plan, Budget budget, DataSet data, List<DataSet> further, long seed) {
    FeatureSource source =
        inception
            .<FeatureSource>map(one -> one)
            .orElseGet(() ->
                new FeatureSource.Vgg5(
                    ClassifierPlan.of(budget, further.isEmpty() ? data : further.getFirst(), seed)
                        .twin()));
    Images test = data.test();
    int most = plan.scale().sets() * plan.scale().together();
    return new RealFeatures(
        source, plan.training(), Budget.some(test, most), plan.scale().together());
  }

  private static Cell<?> distances(
      VaePlan plan, RealFeatures real, Pictured decoder, List<Integer> samples, long seed) {
    return new GeneratedDistances(decoder, real, samples, plan.scale().sets(), seed);
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    new Figure4bCharts(this, findings, page).draw();
  }
}
