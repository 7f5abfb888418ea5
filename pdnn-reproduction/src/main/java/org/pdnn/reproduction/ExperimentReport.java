package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.sweep.Findings;

/// An experiment drawn from what was found.
abstract class ExperimentReport implements Reproduction {
  private final Experiment experiment;
  private final String place;
  private final MeasuredData data;

  /// @param place where the paper has it; empty for what goes beyond the paper
  ExperimentReport(Experiment experiment, String place, Findings findings) {
    this.experiment = experiment;
    this.place = place;
    this.data = MeasuredData.of(findings, experiment.data());
  }

  /// Whether the paper's numbers are of the same data, and may stand beside ours.
  final boolean besideThePaper() {
    return data.own();
  }

  @Override
  public final String name() {
    return experiment.name();
  }

  @Override
  public final String place() {
    return place;
  }

  @Override
  public final String title() {
    return experiment.title() + ", " + data.title();
  }

  @Override
  public final String heading() {
    if (place.isEmpty()) {
      return title();
    }
    return besideThePaper()
        ? Reproduction.super.heading()
        : "The experiment of the paper's %s on other data: %s".formatted(place, title());
  }

  @Override
  public final List<String> remarks() {
    if (besideThePaper()) {
      return notes();
    }
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "The data are %s in place of %s%s."
            .formatted(
                data.title(),
                MeasuredData.title(experiment.data()),
                place.isEmpty() ? "" : ", and no number of the paper stands beside these"));
    remarks.addAll(notes());
    return remarks;
  }

  /// What a reader should know of how it was computed: one sentence each.
  abstract List<String> notes();

  /// None: trained for another time than the paper's, numbers can be compared, but not be
  /// reproduced.
  @Override
  public List<Claim> claims() {
    return List.of();
  }
}
