package org.pdnn.cli.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.input.NeuronOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.AccuracyPrediction;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.SchemeByLayer;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.evaluation.VarianceDecomposition.Additive;
import org.pdnn.evaluation.VarianceDecomposition.LayerShare;
import org.pdnn.names.Counted;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Interval;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;
import org.pdnn.report.Table;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn analyse`: where the noise of a pass comes from, and the accuracy that a few passes
/// predict.
@Command(
    name = "analyse",
    mixinStandardHelpOptions = true,
    description = "Find where a p-DNN's noise comes from, and predict accuracy from a few samples.",
    footer = {
      "",
      "Shares are of the logit variance of one sample. main: caused by a layer's words alone;"
          + " total: what vanishes without them; additive: caused by single words, which schemes"
          + " remove.",
      "",
      "Examples:",
      "  pdnn analyse p5.safetensors --data digits",
      "  pdnn analyse tanh.safetensors --data mnist --neuron pbit:tanh --images 400",
      "  pdnn analyse p5.safetensors --scheme scrambled --at 8    N_eq by layer"
    })
public final class AnalyseCommand implements Callable<Integer> {
  /// Noise seeds behind an N_eq.
  private static final int SEEDS = 5;

  /// Leads of the label, in standard deviations of one sample.
  private static final List<Integer> LEADS = List.of(0, 1, 2, 3, 4);

  @Mixin private final ModelArgument model = new ModelArgument();
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final NeuronOption neuron = new NeuronOption();

  @Heading("Model")
  @Option(
      names = "--after-pools",
      description = "First move deterministic neurons after the max pools; then apply --neuron.")
  private boolean afterPools;

  @Heading("Data")
  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "100",
      description = "N test images, stratified by class (default: ${DEFAULT-VALUE}).")
  private int images = 100;

  @Heading("Sampling")
  @Option(
      names = "--passes",
      paramLabel = "M",
      defaultValue = "32",
      description = "Samples of each image (default: ${DEFAULT-VALUE}).")
  @Within(least = 2, most = Run.MOST_SAMPLES)
  private int passes = 32;

  @Heading("Sampling")
  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32,64",
      converter = SampleCounts.class,
      description = "Numbers of independent samples to predict (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Heading("Sampling")
  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description = "Also measure N_eq with this scheme in one layer at a time.")
  private @Nullable Scheme scheme;

  @Heading("Sampling")
  @Option(
      names = "--at",
      paramLabel = "T",
      defaultValue = "8",
      description = "Number of samples of that N_eq (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private int at = 8;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelFile file = model.read();
    Network network =
        neuron.in(afterPools ? MoveNeuronsAfterPool.apply(file.network()) : file.network());
    DataSet set = data.open(file, spec.commandLine().getErr());
    if (images < 2 || images > set.test().count()) {
      throw new IllegalArgumentException(
          "--images must be 2 to %d, got %d".formatted(set.test().count(), images));
    }
    Images test = set.test().some(images, seed.value());
    LabelledInputs inputs = LabelledInputs.of(test);
    VarianceDecomposition parts =
        VarianceDecomposition.measure(network, inputs, passes, seed.value(), threads.count());
    List<SchemeByLayer> schemes =
        scheme == null
            ? List.of()
            : SchemeByLayer.measure(
                network, inputs, scheme, at, seed.value(), SEEDS, threads.count());
    AccuracyPrediction prediction =
        AccuracyPrediction.measure(
            network,
            Precision.REAL,
            inputs,
            new Run(passes, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS),
            passes,
            seed.value(),
            threads.count());
    Document document =
        new Document("Where the noise comes from")
            .fact("model", neuron.named(file))
            .fact("data", test.name())
            .fact("images", images)
            .fact("passes", passes)
            .fact("variance", parts.variance())
            .add(layers(network, parts.layers(), schemes))
            .add(additive(parts))
            .add(predicted(prediction))
            .provenance("seed", seed.value())
            .provenance("modelSha256", file.sha256())
            .provenance("dataSha256", test.sha256());
    if (scheme != null) {
      document.provenance("scheme", scheme).provenance("samples", at);
    }
    output.print(spec.commandLine().getOut(), document);
    return 0;
  }

  private Table layers(Network network, List<LayerShare> shares, List<SchemeByLayer> schemes) {
    Rows<Integer> rows =
        new Rows<>(IntStream.range(0, shares.size()).boxed().toList())
            .add(Column.kept("layer"), i -> shares.get(i).layer())
            .add(Column.shown("part"), i -> "layer " + network.name(shares.get(i).layer()));
    share(rows, "main", "main", i -> shares.get(i).main());
    share(rows, "total", "total", i -> shares.get(i).total());
    if (!schemes.isEmpty()) {
      rows.add(
              Column.of("equivalentSamplesOnly", "N_eq, scheme only here").as("%.1f"),
              i -> schemes.get(i).only())
          .add(
              Column.of("equivalentSamplesAllBut", "N_eq, everywhere else").as("%.1f"),
              i -> schemes.get(i).allBut());
    }
    String measured =
        "Of the logit variance of one sample, on %s, %d samples of each."
            .formatted(Counted.of(images, "test image"), passes);
    return rows.table(
        "layers",
        "Noise by layer",
        schemes.isEmpty() ? measured : "%s N_eq of %d %s samples.".formatted(measured, at, scheme));
  }

  /// The additive part of single words and of whole pools.
  private static Table additive(VarianceDecomposition parts) {
    record Part(String name, Additive share) {}
    Rows<Part> rows =
        new Rows<>(
                List.of(
                    new Part("single words", parts.units()),
                    new Part("whole pools", parts.pools())))
            .add("words", "additive", Part::name);
    share(rows, "least", "at least", part -> part.share().least());
    share(rows, "most", "at most", part -> part.share().most());
    return rows.table("additive", "Noise that schemes remove");
  }

  private static <R> void share(
      Rows<R> rows, String key, String heading, Function<R, Estimate> share) {
    rows.add(Column.percent(key, heading).as("%.1f"), share)
        .add(Column.shown("95 %").times(100).as("%.1f"), row -> Interval.of(share.apply(row)));
  }

  private List<Section> predicted(AccuracyPrediction prediction) {
    return List.of(
        new Rows<>(samples.values())
            .add("samples", "T", count -> count)
            .add(Column.percent("accuracy", "predicted accuracy"), prediction::at)
            .add(
                Column.of("accuracyImages", "95 %, images").times(100).as("%.2f"),
                count -> Interval.of(Estimate.ofShare(prediction.at(count), images)))
            .table(
                "predicted",
                "Predicted accuracy",
                "Intervals are for other images and other noise. At T = 1 and 2 predictions tend to"
                    + " be too high, as the sum of few bits is not normal."),
        new Rows<>(LEADS)
            .add("deviations", "lead above", lead -> lead)
            .add(Column.percent("shareAbove", "images").as("%.1f"), prediction::shareAbove)
            .table(
                "margins",
                "Lead of the label",
                "lead: of the label over the next class, in standard deviations of one sample."));
  }
}
