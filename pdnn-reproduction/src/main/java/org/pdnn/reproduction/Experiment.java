package org.pdnn.reproduction;

import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.FeatureSource;
import org.pdnn.names.Nearest;
import org.pdnn.random.Imperfection;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

/// A figure of the paper that takes training: a list of cells, and how their findings are drawn.
public abstract class Experiment {
  private final String name;
  private final String place;
  private final String title;
  private final String data;

  /// @param name as on the command line
  /// @param place where the paper has it: `figure 4a`; empty for what goes beyond the paper
  /// @param title what it shows, in a few words and on whatever data
  /// @param data the data set that it is about: the paper's, where the paper has it
  Experiment(String name, String place, String title, String data) {
    this.name = name;
    this.place = place;
    this.title = title;
    this.data = data;
  }

  /// As on the command line: `fig4a`.
  public final String name() {
    return name;
  }

  /// The name of the data set that it is about: the paper's, where the paper has it.
  public final String data() {
    return data;
  }

  /// The work.
  ///
  /// @param set the data set, or another one in its place
  public abstract List<Cell<?>> cells(Budget budget, DataSet set, long seed);

  /// The names of further data sets that it takes.
  ///
  /// @param set the data set, or another one in its place
  public List<String> further(DataSet set) {
    return List.of();
  }

  /// The work, with further data sets.
  ///
  /// @param further those that [#further] names, in its order
  public List<Cell<?>> cells(Budget budget, DataSet set, List<DataSet> further, long seed) {
    return cells(budget, set, seed);
  }

  /// The same with the network of FID, where it matters.
  public Experiment withInception(FeatureSource.Inception inception) {
    return this;
  }

  /// The same with further sources of random words, where those are its subject.
  ///
  /// @throws IllegalArgumentException if they are not
  public Experiment withImperfections(List<Imperfection> more) {
    throw new IllegalArgumentException(
        "%s is not about random words; name the figure randomness".formatted(name));
  }

  /// Figures, tables and verdicts, from findings alone: neither data nor models are needed. Cells
  /// that are not among the findings are left out.
  ///
  /// @throws IllegalArgumentException if nothing of this experiment was found
  public final Reproduction draw(Findings findings) {
    MeasuredData measured = MeasuredData.of(findings, data);
    String titled = title + ", " + measured.title();
    String heading =
        place.isEmpty()
            ? titled
            : measured.own()
                ? "The paper's %s: %s".formatted(place, titled)
                : "The experiment of the paper's %s on other data: %s".formatted(place, titled);
    Reproduction page = new Reproduction(name, titled, heading, measured.own());
    if (!measured.own()) {
      page.remark(
          "The data are %s in place of %s%s."
              .formatted(
                  measured.title(),
                  MeasuredData.title(data),
                  place.isEmpty() ? "" : ", and no number of the paper stands beside these"));
    }
    draw(findings, page);
    return page;
  }

  /// Adds what was found to a page.
  abstract void draw(Findings findings, Reproduction page);

  /// What an experiment cannot be drawn without.
  ///
  /// @throws IllegalArgumentException if it is empty
  final <T> List<T> found(List<T> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("the findings hold nothing of " + name);
    }
    return all;
  }

  /// The experiment of a name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Experiment named(String name) {
    List<String> names = all().stream().map(Experiment::name).toList();
    return all().stream()
        .filter(experiment -> experiment.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown experiment '%s'%s; use %s"
                    .formatted(name, Nearest.suggestion(name, names), String.join(", ", names))));
  }

  /// All experiments, in the order of the paper. A further one is a line here.
  public static List<Experiment> all() {
    return List.of(
        new Figure3(),
        new Figure4a(),
        new Figure4b(),
        new Figure4c(),
        new FrozenSwap(),
        new MnistVae(),
        new OneBitWeights(),
        EqualWidths.vgg5(),
        EqualWidths.resnet8(),
        EqualWidths.resnet8Places(),
        Schemes.perceptrons(),
        Schemes.convolutions(),
        new DecoderSchemes(),
        new Randomness());
  }
}
