package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Grades;
import org.pdnn.experiment.CurveByClass;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// What one training run of [EqualWidths] gave in one setting.
///
/// @param setting its model is called as in charts
/// @param run seed of the training
/// @param accuracy a share
/// @param trial the same with which images were right; empty where that was not kept
/// @param mostFrequent share of the most frequent class; 1 where it was not kept
record SettingRun(
    Setting setting, long run, double accuracy, Optional<Trial> trial, double mostFrequent) {
  /// What a network that was converted without training is called.
  static final String FROZEN = "frozen conversion";

  static List<SettingRun> all(Findings findings, Variants variants) {
    List<SettingRun> all = new ArrayList<>();
    for (var found : findings.of(CurveByClass.KIND)) {
      Fields recipe = found.recipe().object("sampled");
      Precision weights = Precision.named(recipe.text("sampler"));
      all.addAll(of(variants, new Run(recipe), weights, found.result()));
    }
    for (var found : findings.of(MeasuredCurve.KIND)) {
      Run run = new Run(found.recipe());
      for (CurvePoint point : found.result().curve()) {
        Setting setting = setting(variants, run, point, Precision.REAL);
        double accuracy = point.accuracy().value();
        all.add(new SettingRun(setting, run.trainingSeed(), accuracy, Optional.empty(), 1));
      }
    }
    return all;
  }

  private static List<SettingRun> of(
      Variants variants, Run run, Precision weights, CurveByClass.Result found) {
    Network network =
        Preset.network(
            run.model().text("network"),
            Shape.of(found.input().stream().mapToInt(Integer::intValue).toArray()),
            found.classes().size(),
            Neuron.parse(run.neuron()));
    List<SettingRun> all = new ArrayList<>();
    for (int i = 0; i < found.measured().curve().size(); i++) {
      CurvePoint point = found.measured().curve().get(i);
      Grades grades = found.grades().get(i);
      Setting setting = setting(variants, run, point, weights);
      Trial trial =
          new Trial(setting, Workload.of(network), point.accuracy(), List.of(grades.correctness()));
      all.add(
          new SettingRun(
              setting,
              run.trainingSeed(),
              point.accuracy().value(),
              Optional.of(trial),
              grades.mostFrequent()));
    }
    return all;
  }

  private static Setting setting(Variants variants, Run run, CurvePoint point, Precision weights) {
    return new Setting(
        name(variants, run),
        Neuron.parse(run.neuron()),
        point.samples(),
        point.scheme(),
        weights,
        run.random() && run.expectation() ? LastHidden.EXPECTATION : LastHidden.BITS,
        Outputs.LOGITS);
  }

  private static String name(Variants variants, Run run) {
    String preset = run.model().text("network");
    if (run.recipe().has("frozen")) {
      return FROZEN;
    }
    return run.random()
        ? variants.pbits(preset, run.trainingSamples())
        : variants.bits(preset, Neuron.parse(run.neuron()).bits());
  }

  /// The s of the p-DNNs.
  static List<Integer> trained(Findings findings) {
    return findings.of(CurveByClass.KIND).stream()
        .map(found -> new Run(found.recipe().object("sampled")))
        .filter(run -> run.random() && !run.frozen())
        .map(Run::trainingSamples)
        .toList();
  }
}
