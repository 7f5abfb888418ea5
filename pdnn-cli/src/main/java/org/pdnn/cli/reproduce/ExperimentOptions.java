package org.pdnn.cli.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.SweepDisplay;
import org.pdnn.cli.input.RequestOptions;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.experiment.Budget;
import org.pdnn.reproduction.Experiment;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Sweep;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How experiments are run.
@Heading("Experiments")
final class ExperimentOptions {
  @Mixin private final RequestOptions request = new RequestOptions();
  @Mixin private final InceptionOptions inception = new InceptionOptions();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--cells",
      paramLabel = "DIR",
      description = "Where finished cells are kept (default: cells below --out).")
  private @Nullable Path cells;

  @Option(
      names = "--no-resume",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Keep finished cells; --no-resume computes those of these figures again (default: keep).")
  private boolean resume = true;

  @Option(
      names = "--so-far",
      description = "Run nothing: draw what is finished so far of an interrupted or running sweep.")
  private boolean soFar;

  @Option(
      names = "--draw",
      paramLabel = "DIR",
      description =
          "Compute nothing: draw what was found before, from FIGURE.jsonl in this folder.")
  @Nullable Path draw;

  /// The seed of everything random.
  long seed() {
    return request.seed();
  }

  Budget budget() {
    return request.budget();
  }

  /// Finishes the cells of an experiment.
  Findings run(Experiment figure, Path out, PrintWriter err) throws IOException {
    Experiment experiment =
        inception.source(request.folder()).map(figure::withInception).orElse(figure);
    List<Cell<?>> work = request.cells(experiment);
    Path kept = cells == null ? out.resolve("cells") : cells;
    try (SweepDisplay display = new SweepDisplay(experiment.name(), err)) {
      Sweep sweep = new Sweep(kept, threads.count(), display);
      if (soFar) {
        return sweep.finished(work);
      }
      if (!resume) {
        sweep.forget(work);
      }
      return sweep.run(work);
    }
  }
}
