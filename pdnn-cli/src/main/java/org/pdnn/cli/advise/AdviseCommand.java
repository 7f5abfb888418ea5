package org.pdnn.cli.advise;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.input.TestImagesOption;
import org.pdnn.cli.option.Assumptions;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SamplesOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.TimeSpan;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.cli.tradeoff.QuestionOptions;
import org.pdnn.cli.tradeoff.TradeoffDocument;
import org.pdnn.cli.tradeoff.VerdictDocument;
import org.pdnn.data.Images;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.ExchangedClasses;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.tradeoff.Comparison;
import org.pdnn.tradeoff.Comparison.Tried;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Tradeoff;
import org.pdnn.tradeoff.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn advise`: samples or bits, for the user's own network on the user's own data.
@Command(
    name = "advise",
    mixinStandardHelpOptions = true,
    description = "Samples or bits? Measures and prices your own network, and says how to run it.",
    footer = {
      "",
      "Measures scrambled and independent samples, with the last hidden layer's bits and its"
          + " expectations, beside the same network with deterministic activations of 32, 8, 3, 2"
          + " and 1 bits, all at the same bits of weights and input. Nothing is retrained; a"
          + " network that is trained for few bits may do better.",
      "",
      "Examples:",
      "  pdnn advise p5.safetensors --data mnist",
      "  pdnn advise p5.safetensors --technology hbm2-sram65 --within 1",
      "  pdnn advise p5.safetensors --weights 4 --under 200nJ --under-latency 1ms",
      "  pdnn advise p5.safetensors --chart advice --format json"
    })
public final class AdviseCommand implements Callable<Integer> {
  @Mixin private final ModelArgument model = new ModelArgument();
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final TestImagesOption images = new TestImagesOption();
  @Mixin private final SamplesOption samples = new SamplesOption();
  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final TechnologyOption technology = new TechnologyOption();
  @Mixin private final QuestionOptions question = new QuestionOptions();

  @Heading("Question")
  @Option(
      names = "--under-latency",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description =
          "Also name the best number of samples within this time for one image on one core of"
              + " this machine, as in 5ms.")
  private @Nullable Duration latency;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter notices = spec.commandLine().getErr();
    Technology priced = technology.read();
    ModelFile file = model.read();
    Network network = withPBits(file.network());
    Images test = images.of(data.open(file, notices).test(), seed.value());
    LabelledInputs inputs = LabelledInputs.of(test);
    Precision precision =
        weights.of(network, file.model().input(), Run.of(samples.last()), notices);
    List<Tried> tried = tried(file.path().toString(), network, precision, inputs);
    List<Trial> trials = tried.stream().map(Tried::trial).toList();
    Confusion confusion = tried.getFirst().confusion();
    Pricing pricing = Pricing.strict(priced);
    ModelNames names = ModelNames.of(trials);
    TradeoffDocument found =
        new TradeoffDocument(
            Tradeoff.of(trials.stream().map(pricing::of).toList()),
            Evaluation.DEFAULT_SEEDS,
            names);
    Document document =
        new Document("%s on %s: samples or bits?".formatted(names.model(trials), test.name()))
            .fact("model", file.path().toString())
            .fact("data", test.name())
            .fact("images", test.count());
    document.add(found.table().only(Form.TEXT, Form.JSON, Form.CSV));
    new VerdictDocument(
            new Question(trials, confusion.mostFrequent(), question.tolerance()), pricing, names)
        .addTo(document, Evaluation.DEFAULT_SEEDS);
    document.add(found.table().only(Form.PAGE));
    List<String> remarks = new ArrayList<>();
    if (!file.network().random()) {
      remarks.add("p-bits were put in place of its neurons; pdnn convert makes them more accurate");
    }
    ExchangedClasses.of(confusion)
        .map(classes -> names.model(trials) + ": " + classes.sentence(test.classNames()))
        .ifPresent(remarks::add);
    document.fact("remarks", remarks);
    remarks.forEach(remark -> document.sentence(remark + "."));
    limits(document, found, network, precision, inputs);
    new Assumptions(
            priced, pricing.convention(), pricing.convention().toString(), pricing.assumptions())
        .addTo(document);
    document
        .provenance("seed", seed.value())
        .provenance("seeds", Evaluation.DEFAULT_SEEDS)
        .provenance("modelSha256", file.sha256())
        .provenance("dataSha256", test.sha256());
    report.write(document);
    output.print(spec.commandLine().getOut(), document);
    return 0;
  }

  private static Network withPBits(Network network) {
    List<Integer> unbounded = Comparison.unbounded(network);
    if (!unbounded.isEmpty()) {
      throw new IllegalArgumentException(
          "activations at %s are unbounded and can be neither p-bits nor rounded to few bits; convert the network by pdnn convert"
              .formatted(network.listed(unbounded)));
    }
    return network.random()
        ? network
        : network.withHiddenNeurons(neuron -> new Neuron.PBit(neuron.activation()));
  }

  private List<Tried> tried(
      String name, Network network, Precision precision, LabelledInputs inputs) {
    Evaluation evaluation =
        Evaluation.independent(samples.counts(), seed.value(), Evaluation.DEFAULT_SEEDS);
    Comparison all = new Comparison().addDeterministic(name, network).addFewBits(name, network);
    for (Scheme scheme : List.of(Scheme.SCRAMBLED, Scheme.INDEPENDENT)) {
      for (LastHidden last : LastHidden.values()) {
        all.add(name, network, evaluation.with(scheme, last));
      }
    }
    try (Display display = new Display("Measuring", "images", (long) all.size() * inputs.count())) {
      return all.tried(precision, inputs, threads.count(), display::to);
    }
  }

  private void limits(
      Document document,
      TradeoffDocument found,
      Network pdnn,
      Precision precision,
      LabelledInputs inputs) {
    document.add(question.answer(found));
    if (latency != null) {
      document.add(new LatencyAnswer(pdnn, precision, inputs, latency).of(found));
    }
  }
}
