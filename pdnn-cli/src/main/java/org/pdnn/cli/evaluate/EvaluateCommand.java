package org.pdnn.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.TestImagesOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SamplesOption;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.Result;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.network.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn evaluate`: accuracy and calibration of a model against the number of samples.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measure a model's accuracy and calibration against the number of samples T.",
    footer = {
      "",
      "Intervals are 95 %%: over noise seeds on the same images (with fewer than three"
          + " seeds the range of their values), and for other images. N_eq is how many"
          + " independent samples the T samples are worth. Accuracy, ECE and agreement are"
          + " shares: percent in text, 0 to 1 in JSON and CSV. More about a model: pdnn"
          + " confusion, early-stop, explain, firing-rates, analyse.",
      "",
      "Examples:",
      "  pdnn evaluate p5.safetensors --data digits",
      "  pdnn evaluate p5.safetensors --data mnist --samples 1..8 --scheme independent",
      "  pdnn evaluate p5.safetensors --last expectation --format json --out curve.json",
      "  pdnn evaluate p5.safetensors --results results.jsonl",
      "  pdnn evaluate p5.safetensors p1.safetensors        both, and their difference",
      "  pdnn evaluate tanh.safetensors --neuron pbit:tanh  p-bits without retraining",
      "  pdnn evaluate p5.safetensors --imperfection ar1:0.9 --scheme independent"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "A model file, .safetensors; several are measured on the same images and compared with"
              + " the first.")
  private List<Path> models = List.of();

  @Mixin private final MeasuringOptions how = new MeasuringOptions();
  @Mixin private final TestImagesOption images = new TestImagesOption();
  @Mixin private final SamplesOption samples = new SamplesOption();
  @Mixin private final AveragingOptions averages = new AveragingOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Heading("Output")
  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Also append the points to this file of JSON lines, for pdnn tradeoff.")
  private @Nullable Path results;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter notices = spec.commandLine().getErr();
    Evaluation evaluation = how.evaluation(samples.counts(), averages);
    List<ModelFile> files = new ArrayList<>();
    for (Path model : models) {
      files.add(ModelFile.read(model));
    }
    List<Subject> subjects =
        how.open(files, evaluation, set -> images.of(set.test(), evaluation.seed()), notices);
    List<Evaluated> measured =
        subjects.stream().map(subject -> new Evaluated(subject, subject.measured())).toList();
    EvaluationDocument document = new EvaluationDocument(measured);
    document.remarks().forEach(remark -> Notice.tell(notices, remark));
    output.print(spec.commandLine().getOut(), document.document());
    if (results != null) {
      for (Evaluated model : measured) {
        keep(results, model.result());
      }
    }
    return 0;
  }

  /// Appends to the results; what cannot be written is printed, so that it is not lost.
  private void keep(Path file, Result result) throws IOException {
    try {
      ResultFile.append(file, result);
    } catch (IOException e) {
      spec.commandLine().getErr().print(ResultFile.lines(result));
      throw e;
    }
  }
}
