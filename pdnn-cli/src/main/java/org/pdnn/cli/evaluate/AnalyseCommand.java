package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.evaluation.AccuracyPrediction;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.SchemeByLayer;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn analyse`: where the noise of a pass comes from, and the accuracy that a few passes
/// predict.
@Command(
    name = "analyse",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Say where a p-DNN's noise comes from and what accuracy a few passes predict.",
    footer = {
      "",
      "Shares are of the logit variance of one pass of bits. main: what a layer's words"
          + " have alone; total: what vanishes without them; additive: the part of single"
          + " words, which schemes remove.",
      "",
      "Examples:",
      "  pdnn analyse p5.safetensors --data digits",
      "  pdnn analyse tanh.safetensors --data mnist --neuron pbit:tanh --images 400",
      "  pdnn analyse p5.safetensors --scheme scrambled --at 8    N_eq by layer"
    })
public final class AnalyseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model file, .safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path model;

  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--neuron",
      description = "Put this neuron in place of every hidden one, as in pbit:tanh.")
  private @Nullable String neuron;

  @Option(
      names = "--after-pools",
      description = "First move deterministic neurons after the max pools, then apply --neuron.")
  private boolean afterPools;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "100",
      description = "N test images, each class in its share (default: ${DEFAULT-VALUE}).")
  private int images = 100;

  @Option(
      names = "--passes",
      paramLabel = "M",
      defaultValue = "32",
      description = "Passes of each image (default: ${DEFAULT-VALUE}).")
  @Within(least = 2, most = Run.MOST_SAMPLES)
  private int passes = 32;

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32,64",
      converter = SampleCounts.class,
      description = "Numbers of independent samples to predict (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Option(
      names = "--scheme",
      completionCandidates = Candidates.Schemes.class,
      description = "Also N_eq with this scheme in one layer at a time.")
  private @Nullable String scheme;

  @Option(
      names = "--at",
      paramLabel = "T",
      defaultValue = "8",
      description = "Number of samples of that N_eq (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private int at = 8;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the noise (default: 1).")
  private long seed = 1;

  @Option(names = "--threads", description = "Inputs at once (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private static final int SEEDS = 5;

  @Override
  public Integer call() throws IOException {
    ModelFile read = ModelFile.read(model);
    Network network = neurons(read.network());
    DataSet set = data.open(read, spec.commandLine().getErr());
    if (images < 2 || images > set.test().count()) {
      throw new IllegalArgumentException(
          "--images must be 2 to %d, got %d".formatted(set.test().count(), images));
    }
    Images test = set.test().some(images, seed);
    LabelledInputs inputs = LabelledInputs.of(test);
    VarianceDecomposition parts =
        VarianceDecomposition.measure(network, inputs, passes, seed, threads);
    List<SchemeByLayer> schemes =
        scheme == null
            ? List.of()
            : SchemeByLayer.measure(
                network, inputs, Scheme.parse(scheme), at, seed, SEEDS, threads);
    AccuracyPrediction prediction =
        AccuracyPrediction.measure(
            network,
            Precision.REAL,
            inputs,
            new Run(passes, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS),
            passes,
            seed,
            threads);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", MeasuredNetworks.name(model, neuron)).put("data", test.name());
    json.put("images", images).put("passes", passes).put("seed", seed);
    TextTable where = shares(parts, schemes, json);
    TextTable accuracy = predicted(prediction, json);
    output.print(
        spec.commandLine().getOut(),
        new OutputOptions.Document(
            where.toText() + "\n" + accuracy.toText(), where.toCsv() + accuracy.toCsv(), json));
    return 0;
  }

  private Network neurons(Network network) {
    Network moved = afterPools ? MoveNeuronsAfterPool.apply(network) : network;
    if (neuron == null) {
      return moved;
    }
    Neuron swapped = Neuron.parse(neuron);
    return moved.withHiddenNeurons(hidden -> swapped);
  }

  private TextTable shares(
      VarianceDecomposition parts, List<SchemeByLayer> schemes, ObjectNode json) {
    json.put("variance", parts.variance());
    TextTable table =
        new TextTable(
            "part", "main %", "total %", "N_eq, scheme only here", "N_eq, everywhere else");
    for (int i = 0; i < parts.layers().size(); i++) {
      VarianceDecomposition.LayerShare share = parts.layers().get(i);
      ObjectNode layer = json.withArray("layers").addObject().put("layer", share.layer());
      put(layer, "main", share.main());
      put(layer, "total", share.total());
      String only = "-";
      String allBut = "-";
      if (!schemes.isEmpty()) {
        put(layer, "equivalentSamplesOnly", schemes.get(i).only());
        put(layer, "equivalentSamplesAllBut", schemes.get(i).allBut());
        only = String.format(Locale.ROOT, "%.1f", schemes.get(i).only().value());
        allBut = String.format(Locale.ROOT, "%.1f", schemes.get(i).allBut().value());
      }
      table.row(
          "layer " + share.layer(), percent(share.main()), percent(share.total()), only, allBut);
    }
    additive(table, json, "single words, additive", "units", parts.units());
    additive(table, json, "whole pools, additive", "pools", parts.pools());
    return table;
  }

  private static void additive(
      TextTable table,
      ObjectNode json,
      String name,
      String key,
      VarianceDecomposition.Additive of) {
    table.row(name, percent(of.least()) + " to " + percent(of.most()), "-", "-", "-");
    put(json, key + "Least", of.least());
    put(json, key + "Most", of.most());
  }

  private TextTable predicted(AccuracyPrediction prediction, ObjectNode json) {
    TextTable table = new TextTable("T", "predicted accuracy %");
    for (int count : samples.values()) {
      double accuracy = prediction.at(count);
      table.row(count, String.format(Locale.ROOT, "%.2f", 100 * accuracy));
      json.withArray("predicted").addObject().put("samples", count).put("accuracy", accuracy);
    }
    for (int margin = 0; margin <= 4; margin++) {
      json.withArray("shareOfMarginsAbove").add(prediction.shareAbove(margin));
    }
    return table.after(
        String.format(
            Locale.ROOT,
            "The label leads by more than 0, 1, 2, 3, 4 deviations of one pass in %.1f, %.1f, %.1f,"
                + " %.1f, %.1f %% of the images.",
            100 * prediction.shareAbove(0),
            100 * prediction.shareAbove(1),
            100 * prediction.shareAbove(2),
            100 * prediction.shareAbove(3),
            100 * prediction.shareAbove(4)));
  }

  private static void put(ObjectNode json, String key, Estimate estimate) {
    json.put(key, estimate.value())
        .put(key + "Low", estimate.low())
        .put(key + "High", estimate.high());
  }

  private static String percent(Estimate share) {
    double half = (share.high() - share.low()) / 2;
    return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * share.value(), 100 * half);
  }
}
