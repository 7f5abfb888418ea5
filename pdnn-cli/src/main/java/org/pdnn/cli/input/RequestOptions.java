package org.pdnn.cli.input;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.experiment.Budget;
import org.pdnn.reproduction.Experiment;
import org.pdnn.reproduction.Request;
import org.pdnn.sweep.Cell;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is asked of an experiment.
@Heading("Experiments")
public final class RequestOptions {
  @Option(
      names = "--budget",
      paramLabel = "tiny|quick|standard|paper",
      defaultValue = "quick",
      description =
          "Time per figure: tiny, seconds, to see that it runs; quick, minutes on two cores;"
              + " standard, at most two hours; paper, 1000 epochs, up to a month (default:"
              + " quick).")
  private String budget = "quick";

  @Heading("Data")
  @Option(
      names = "--data",
      completionCandidates = Candidates.Data.class,
      paramLabel = "SET",
      description = "digits, mnist, cifar10, celeba or a folder in place of the figure's own data.")
  private @Nullable String data;

  @Mixin private final DataFolder folder = new DataFolder();

  @Option(
      names = "--imperfection",
      paramLabel = "KIND",
      split = ",",
      description =
          "For the figure randomness: further sources to compare, in the notation of pdnn"
              + " evaluate, file:BITS included.")
  private List<String> imperfections = List.of();

  @Mixin private final SeedOption seed = new SeedOption();

  /// Where data sets lie.
  public DataFolder folder() {
    return folder;
  }

  /// The seed of everything random.
  public long seed() {
    return seed.value();
  }

  public Budget budget() {
    return Budget.parse(budget);
  }

  /// What is asked of an experiment.
  public Request of(Experiment experiment) {
    return new Request(
        experiment.name(),
        budget(),
        data == null ? experiment.data() : data,
        imperfections,
        seed.value());
  }

  /// Its cells.
  public List<Cell<?>> cells(Experiment experiment) throws IOException {
    return of(experiment).cells(experiment, folder::open);
  }
}
