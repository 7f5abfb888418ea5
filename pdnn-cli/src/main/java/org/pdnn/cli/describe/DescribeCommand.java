package org.pdnn.cli.describe;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pdnn.cli.input.NamedNetwork;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.energy.Counts;
import org.pdnn.energy.LayerCounts;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;
import org.pdnn.network.NetworkBuilder;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn describe`: a network layer by layer.
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Show a network layer by layer: what each reads, gives, holds and computes.",
    footer = {
      "",
      "Examples:",
      "  pdnn describe resnet8",
      "  pdnn describe p5.safetensors --format csv",
      "  pdnn describe net.onnx"
    })
public final class DescribeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A model file, an ONNX model, an architecture in JSON, or a network by name (see pdnn"
              + " list models).")
  private String model = "";

  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    NamedNetwork named = NamedNetwork.of(model, List.of());
    output.print(spec.commandLine().getOut(), document(named));
    return 0;
  }

  private static Document document(NamedNetwork named) {
    String name = named.name();
    Network network = named.network();
    Counts counts = Counts.of(network);
    List<Shape> shapes = network.shapes();
    long neurons =
        counts.layers().stream()
            .filter(one -> network.layers().get(one.index()) instanceof Neurons)
            .mapToLong(one -> shapes.get(one.index() + 1).size())
            .sum();
    String headline =
        String.format(
            Locale.ROOT,
            "%s reads %s: %s, %,d parameters; a pass takes %,d multiply-accumulates and %,d"
                + " neurons.",
            name,
            network.input(),
            Counted.of(network.layers().size(), "layer"),
            counts.weights(),
            counts.macs(),
            neurons);
    Document document =
        new Document(name)
            .fact("model", name)
            .fact("input", network.input().dimensions())
            .fact("parameters", counts.weights())
            .fact("macs", counts.macs())
            .fact("neurons", neurons)
            .headline(headline)
            .add(
                new Rows<>(counts.layers())
                    .add("layer", "layer", LayerCounts::index)
                    .add(Column.shown("name"), one -> network.places().get(one.index()).name())
                    .add(Column.kept("name"), one -> network.name(one.index()))
                    .add("kind", "what and its shape", LayerCounts::name)
                    .add("reads", "reads", one -> reads(network, one.index()))
                    .add(Column.of("parameters", "parameters").as("%,.0f"), LayerCounts::weights)
                    .add(Column.of("macs", "MACs").as("%,.0f"), LayerCounts::macs)
                    .table("layers", "Layers"));
    if (!named.remarks().isEmpty()) {
      document.add(new Prose("Remarks", named.remarks()));
    }
    return document.fact("remarks", named.remarks());
  }

  private static String reads(Network network, int layer) {
    return network.reads(layer).stream()
        .map(from -> from == Place.INPUT ? NetworkBuilder.INPUT : network.name(from))
        .collect(Collectors.joining(", "));
  }
}
