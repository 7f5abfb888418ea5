package org.pdnn.cli.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.report.Document;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that asks one question of one model at one T.
abstract class SubjectCommand implements Callable<Integer> {
  @Mixin private final ModelArgument model = new ModelArgument();
  @Mixin private final MeasuringOptions how = new MeasuringOptions();

  @Heading("Sampling")
  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "32",
      description = "Samples averaged (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private int samples = 32;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /// The images of a data set that the question is about.
  abstract Images images(DataSet set, long seed);

  /// The answer.
  abstract Document document(Subject subject);

  /// Averaged logits, at the end of the model.
  AveragingOptions averages() {
    return new AveragingOptions();
  }

  @Override
  public final Integer call() throws IOException {
    var evaluation = how.evaluation(List.of(samples), averages());
    List<Subject> subjects =
        how.open(
            List.of(model.read()),
            evaluation,
            set -> images(set, evaluation.seed()),
            spec.commandLine().getErr());
    output.print(spec.commandLine().getOut(), document(subjects.getFirst()));
    return 0;
  }
}
