package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Comparison;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.Activation;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// Figure 4a: accuracy of VGG5 on CIFAR-10 against T, for networks trained with different s, beside
/// deterministic activations of 32, 3, 2 and 1 bits, averaging layer by layer, tanh in place of
/// sigmoid, and scrambled passes in training, in measuring, or in both.
public final class Figure4a extends Experiment {
  /// What a budget allows.
  ///
  /// @param trained the s
  /// @param ablation the s of the variants
  /// @param samples the T
  /// @param seeds noise seeds
  private record Scale(List<Integer> trained, int ablation, List<Integer> samples, int seeds) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY -> new Scale(List.of(1, 2), 2, List.of(1, 2, 4), 2);
        case QUICK -> new Scale(List.of(1, 5), 2, Printed.ACCURACIES.samples(), 3);
        case STANDARD -> new Scale(List.of(1, 2, 3, 5), 2, Printed.ACCURACIES.samples(), 3);
        case PAPER -> new Scale(List.of(1, 2, 3, 5, 45), 5, Printed.ACCURACIES.samples(), 5);
      };
    }
  }

  public Figure4a() {
    super("fig4a", "figure 4a", "Accuracy against samples", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    return new Plan(ClassifierPlan.of(budget, data, seed)).cells();
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    new Figure4aCharts(this, Measured.all(findings, MeasuredCurve.KIND), page).draw();
    findings
        .of(Comparison.KIND)
        .forEach(
            one -> page.order(ComparedPair.of(one.recipe()).ordering("fig. 4a", one.result())));
  }

  /// The cells of one budget.
  private static final class Plan {
    private final Scale scale;
    private final ClassifierPlan networks;
    private final ClassifierCurves curves;

    Plan(ClassifierPlan networks) {
      this.scale = Scale.of(networks.budget());
      this.networks = networks;
      this.curves = new ClassifierCurves(networks, scale.samples(), scale.seeds());
    }

    List<Cell<?>> cells() {
      Map<Integer, MeasuredCurve> byTraining = new TreeMap<>();
      for (int s : scale.trained()) {
        byTraining.put(s, curves.of(networks.pdnn(s)));
      }
      MeasuredCurve oneBit = curves.of(networks.deterministic(1));
      MeasuredCurve threeBits = curves.of(networks.deterministic(3));
      MeasuredCurve layerWise =
          new MeasuredCurve(
              networks.twin(),
              ClassifierPlan.PBIT,
              networks.test(),
              curves.evaluation().with(Averaging.LAYER));
      List<Cell<?>> cells = new ArrayList<>();
      cells.add(curves.of(networks.twin()));
      cells.addAll(byTraining.values());
      cells.addAll(List.of(oneBit, curves.of(networks.deterministic(2)), threeBits, layerWise));
      cells.addAll(variants());
      byTraining.values().forEach(curve -> cells.addAll(risesWithSamples(curve)));
      cells.addAll(risesWithTraining(List.copyOf(byTraining.values())));
      int most = scale.trained().getLast();
      MeasuredCurve best = Objects.requireNonNull(byTraining.get(most));
      MeasuredCurve shared = curves.shared(networks.pdnn(most));
      cells.add(shared);
      cells.addAll(beatsFewBits(best, oneBit, threeBits));
      cells.addAll(beatsFewBits(shared, oneBit, threeBits));
      cells.add(new Comparison(best, curves.ten(), layerWise, curves.ten()));
      return cells;
    }

    private List<Cell<?>> beatsFewBits(
        MeasuredCurve curve, MeasuredCurve oneBit, MeasuredCurve threeBits) {
      return List.of(
          new Comparison(curve, 2, oneBit, 1), new Comparison(curve, curves.ten(), threeBits, 1));
    }

    /// tanh beside sigmoid; passes that share randomness, in training and in measuring.
    private List<Cell<?>> variants() {
      int s = scale.ablation();
      TrainedNetwork scrambled = networks.pdnn(s, Scheme.SCRAMBLED);
      MeasuredCurve sigmoid = curves.of(networks.pdnn(s));
      MeasuredCurve tanh = curves.of(networks.tanh(s));
      MeasuredCurve exactSigmoid = curves.of(networks.twin());
      MeasuredCurve exactTanh = curves.of(networks.twin(Activation.TANH));
      MeasuredCurve measuredScrambled = curves.scrambled(networks.pdnn(s));
      MeasuredCurve trainedScrambled = curves.of(scrambled);
      int ten = curves.ten();
      return List.of(
          exactTanh,
          tanh,
          measuredScrambled,
          trainedScrambled,
          curves.scrambled(scrambled),
          new Comparison(exactSigmoid, 1, exactTanh, 1),
          new Comparison(sigmoid, ten, tanh, ten),
          new Comparison(measuredScrambled, ten, sigmoid, ten),
          new Comparison(trainedScrambled, ten, sigmoid, ten));
    }

    private List<Cell<?>> risesWithSamples(MeasuredCurve curve) {
      List<Cell<?>> cells = new ArrayList<>();
      for (int i = 1; i < scale.samples().size(); i++) {
        cells.add(new Comparison(curve, scale.samples().get(i), curve, scale.samples().get(i - 1)));
      }
      return cells;
    }

    /// Each s above the one before it, and the greatest above the least.
    private List<Cell<?>> risesWithTraining(List<MeasuredCurve> measured) {
      List<Cell<?>> cells = new ArrayList<>();
      for (int i = 1; i < measured.size(); i++) {
        cells.addAll(above(measured.get(i), measured.get(i - 1)));
      }
      if (measured.size() > 2) {
        cells.addAll(above(measured.getLast(), measured.getFirst()));
      }
      return cells;
    }

    private List<Cell<?>> above(MeasuredCurve more, MeasuredCurve fewer) {
      return scale.samples().stream()
          .<Cell<?>>map(samples -> new Comparison(more, samples, fewer, samples))
          .toList();
    }
  }
}
