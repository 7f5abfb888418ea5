package org.pdnn.cli.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.input.NeuronOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SamplingOptions;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.random.Imperfection;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a model is measured: on which data, by which samples, how often.
final class MeasuringOptions {
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final NeuronOption neuron = new NeuronOption();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final SeedOption seed = new SeedOption();

  @Heading("Seed and threads")
  @Option(
      names = "--seeds",
      paramLabel = "R",
      defaultValue = "5",
      description = "Noise seeds that repeat the measurement (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Evaluation.MOST_SEEDS)
  private int seeds = Evaluation.DEFAULT_SEEDS;

  @Mixin private final ThreadsOption threads = new ThreadsOption();

  /// The measurement asked for, at these T.
  Evaluation evaluation(List<Integer> samples, AveragingOptions averages) {
    return new Evaluation(
        samples,
        sampling.scheme(),
        averages.averaging,
        sampling.last(),
        averages.outputs,
        seed.value(),
        seeds);
  }

  /// Models on the same data, ready to be measured.
  ///
  /// @param images those of a data set that are looked at
  List<Subject> open(
      List<ModelFile> files,
      Evaluation evaluation,
      Function<DataSet, Images> images,
      PrintWriter notices)
      throws IOException {
    int longest = evaluation.samples().getLast();
    Imperfection imperfection = sampling.imperfection(longest);
    DataSet stored = data.open(files, notices);
    Run run = new Run(longest, evaluation.scheme(), evaluation.averaging(), evaluation.last());
    List<Subject> subjects = new ArrayList<>();
    for (ModelFile file : files) {
      Network network = neuron.in(file.network());
      DataSet set = ModelData.fed(stored, file);
      Images chosen = images.apply(set);
      Precision precision = sampling.precision(network, file.model().input(), run, notices);
      subjects.add(
          new Subject(
              neuron.named(file),
              file.sha256(),
              network,
              precision,
              sampling.words(network, precision, run, imperfection),
              set,
              ModelData.validation(file.model(), set),
              chosen,
              evaluation,
              threads.count()));
    }
    return subjects;
  }
}
