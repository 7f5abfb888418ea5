package org.pdnn.reproduction;

import java.util.List;

/// An experiment drawn from what was found.
abstract class Drawing implements Reproduction {
  private final Experiment experiment;
  private final String place;

  /// @param place where the paper has it
  Drawing(Experiment experiment, String place) {
    this.experiment = experiment;
    this.place = place;
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
    return experiment.title();
  }

  /// None: trained for another time than the paper's, numbers can be compared, but not be
  /// reproduced.
  @Override
  public List<Claim> claims() {
    return List.of();
  }
}
