package org.pdnn.cli.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import org.pdnn.evaluation.Environment;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.SampledGraph;
import org.pdnn.report.Document;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn export`: a model as ONNX.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write a model as ONNX: in integers with its random numbers as inputs, or its"
            + " deterministic twin.",
    footer = {
      "",
      "A p-DNN, or a network of neurons of at most 8 bits, is written in integers, as the"
          + " engine runs it. It reads x and, for each layer i of p-bits, ui: numbers in [0, 1)"
          + " of shape (T, batch, units), as NumPy's random(dtype=float32) draws them; with the"
          + " words of a run it gives the bits of that run. ONNX's own random operators would"
          + " give others on every machine.",
      "",
      "Examples:",
      "  pdnn export p.safetensors --samples 8 --out sampled.onnx",
      "  pdnn export p.safetensors --samples 8 --weights 4 --out sampled4.onnx",
      "  pdnn export p.safetensors --twin --out twin.onnx"
    })
public final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model file, .safetensors.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path model;

  @Option(
      names = "--twin",
      description =
          "Write the deterministic twin in 32 bits; a deterministic 32-bit network is its own"
              + " twin.")
  private boolean twin;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "8",
      description = "Samples T of one run of the graph (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private int samples = 8;

  @Option(
      names = "--weights",
      paramLabel = "8|4|2|1",
      defaultValue = "8",
      description = "Bits of the hidden layers' weights, also 8g, 4g, 2g, 1g (default: 8).")
  private String weights = "8";

  @Mixin private final FormatOption format = new FormatOption();

  @Heading("Output")
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The .onnx file to write.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new IllegalArgumentException(
          "--out must end in .onnx, got %s; a model file is safetensors already".formatted(out));
    }
    ModelFile read = ModelFile.read(model);
    Network network = read.network();
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("model", String.valueOf(model.getFileName()));
    notes.put("modelSha256", read.sha256());
    boolean floats = twin || !Precision.integers(network);
    int passes = !floats && network.random() ? samples : 1;
    String version = Environment.here().version();
    String written;
    if (floats) {
      written = FloatGraph.write(network.withNeurons(Neuron::twin), version, notes, out);
    } else {
      notes.put("weights", weights);
      Lowering lowered =
          lowered(network, WeightFormat.parse(weights), InputGrid.of(read.model().input()));
      written = SampledGraph.write(lowered.result(), passes, version, notes, out);
    }
    String what =
        floats
            ? "the deterministic twin in 32 bits"
                + (twin ? "" : ", as its neurons have more than 8 bits")
            : "the network in integers, with %s, T = %s"
                .formatted(Precision.parse(weights).words(), passes);
    format.print(
        spec.commandLine().getOut(),
        new Document("Export")
            .headline("%s: %s".formatted(out, what))
            .fact("onnx", out.toString())
            .fact("onnxSha256", written)
            .fact("samples", passes)
            .fact("weights", floats ? "32" : weights)
            .provenance("modelSha256", read.sha256()));
    return 0;
  }

  private static Lowering lowered(Network network, WeightFormat format, InputGrid grid) {
    try {
      return Lowering.of(network, format, grid);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; export the deterministic twin by --twin", e);
    }
  }
}
