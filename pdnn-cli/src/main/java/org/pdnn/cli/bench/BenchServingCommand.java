package org.pdnn.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pdnn.benchmark.Measurement;
import org.pdnn.benchmark.ServedModel;
import org.pdnn.benchmark.ServingBenchmark;
import org.pdnn.benchmark.Task;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.TimeSpan;
import org.pdnn.cli.option.Within;
import org.pdnn.network.Model;
import org.pdnn.network.Neuron;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.server.ModelSource;
import org.pdnn.server.Served;
import org.pdnn.server.Server;
import org.pdnn.server.ServerOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench serving`: a server under load, beside the engine that it runs.
@Command(
    name = "serving",
    mixinStandardHelpOptions = true,
    description =
        "Measure a server by its clients, beside the engine: overhead, first event of a stream,"
            + " throughput, deadlines, and what becomes of twice the capacity.",
    footer = {
      "",
      "Requests have one input each, in binary; their clients share the processors with the"
          + " server. At twice the capacity requests come at a steady rate, and times count from"
          + " when a request was due. Without --model the weights are untrained: speeds hold.",
      "",
      "Examples:",
      "  pdnn bench serving --network mlp:784-256-128-10",
      "  pdnn bench serving --model vgg5.safetensors --samples 16 --overload 600s",
      "  pdnn bench serving --model p5.safetensors --url http://server/v2/models/p5"
    })
final class BenchServingCommand implements Callable<Integer> {
  private static final int INPUTS = 64;
  private static final String NAME = "served";
  private static final int PARTS = 6;
  private static final int HTTP = 80;
  private static final double TEN = 10;
  private static final double HUNDRED = 100;
  private static final Pattern ADDRESS = Pattern.compile("/v2/models/([^/]+)/?");

  /// Kept, as loggers that nobody holds lose their level.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  @ArgGroup private final Source source = new Source();

  /// The network to serve.
  static final class Source {
    @Option(names = "--model", paramLabel = "FILE", description = "A model file, .safetensors.")
    private @Nullable Path model;

    @Option(
        names = "--network",
        completionCandidates = Candidates.Networks.class,
        paramLabel = "NAME",
        defaultValue = "mlp",
        description = "A preset: mlp:SIZES, vgg5, resnet8, ..., untrained (default: mlp).")
    private String network = "mlp";
  }

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "A server that has the same model, as in http://localhost:8080/v2/models/p5 (default:"
              + " one started for the measurement).")
  private @Nullable URI url;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "8",
      description = "Samples T of a request (default: 8).")
  @Within(least = 1, most = 4096)
  private int samples = 8;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "64",
      description = "Requests in progress at full load (default: 64).")
  @Within(least = 1, most = 256)
  private int concurrency = 64;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Requests with a deadline; a tenth as many are timed alone (default: 10000).")
  @Within(least = 1, most = 100_000_000)
  private int requests = 10_000;

  @Option(
      names = "--deadline",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      defaultValue = "20ms",
      description = "Their deadline (default: 20ms).")
  private Duration deadline = Duration.ofMillis(20);

  @Option(
      names = "--time",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      defaultValue = "5s",
      description =
          "Time of full and of light load, and of each step of the warm-up (default: 5s).")
  private Duration time = Duration.ofSeconds(5);

  @Option(
      names = "--overload",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "Time at twice the capacity, as in 600s (default: 10s).")
  private Duration overload = Duration.ofSeconds(10);

  @Option(
      names = "--max-wait",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      description =
          "--max-wait of a second server, which is asked for twice the capacity (default: that of"
              + " serve, and one server).")
  private @Nullable Duration maxWait;

  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    HELIDON.setLevel(Level.WARNING);
    Optional<Remote> remote = url == null ? Optional.empty() : Optional.of(Remote.of(url));
    Model model = source.model == null ? untrained() : Model.read(source.model);
    Precision precision =
        weights.of(model.network(), model.input(), Run.of(1), spec.commandLine().getErr());
    List<Measurement> measured;
    if (remote.isPresent()) {
      measured = measure(remote.get(), remote.get(), model, precision);
    } else {
      ServerOptions options = ServerOptions.local().withThreads(threads.count());
      ModelSource source = ModelSource.of(List.of(new Served(NAME, 1, model, precision)));
      try (Server server = Server.start(options, source, _ -> {})) {
        Remote one = Remote.of(options, server);
        measured =
            maxWait == null
                ? measure(one, one, model, precision)
                : measure(
                    one,
                    options.within(options.bounds().waiting(maxWait)),
                    source,
                    model,
                    precision);
      }
    }
    output.print(spec.commandLine().getOut(), document(measured));
    return 0;
  }

  private Model untrained() {
    return new Model(
        BenchCommand.untrained(source.network, Neuron.parse("pbit:sigmoid"), seed.value()),
        Map.of());
  }

  /// A model on a server.
  private record Remote(InetSocketAddress address, String name) {
    static Remote of(ServerOptions options, Server server) {
      return new Remote(new InetSocketAddress(options.host(), server.port()), NAME);
    }

    static Remote of(URI url) throws IOException {
      Matcher path = ADDRESS.matcher(String.valueOf(url.getPath()));
      if (!"http".equals(url.getScheme()) || url.getHost() == null || !path.matches()) {
        throw new IllegalArgumentException(
            "--url must be as in http://localhost:8080/v2/models/p5, got " + url);
      }
      int port = url.getPort() < 0 ? HTTP : url.getPort();
      return new Remote(
          new InetSocketAddress(InetAddress.getByName(url.getHost()), port), path.group(1));
    }
  }

  private ServedModel served(Remote remote, Model model) {
    return new ServedModel(
        remote.address(),
        remote.name(),
        model.network(),
        Task.randomPixels(model.network().input(), INPUTS, seed.value()));
  }

  /// With a second server.
  private List<Measurement> measure(
      Remote one, ServerOptions strict, ModelSource source, Model model, Precision precision)
      throws IOException {
    try (Server server = Server.start(strict, source, _ -> {})) {
      return measure(one, Remote.of(strict, server), model, precision);
    }
  }

  private List<Measurement> measure(Remote remote, Remote strict, Model model, Precision precision)
      throws IOException {
    ServingBenchmark benchmark =
        new ServingBenchmark(
            served(remote, model),
            served(strict, model),
            count -> precision.sampler(model.network(), Run.of(count)),
            new ServingBenchmark.Plan(
                samples, threads.count(), concurrency, requests, deadline, time, overload));
    try (Display display = new Display("Measuring", "parts", PARTS)) {
      return benchmark.measure(
          url == null,
          part -> {
            display.message(part);
            display.add(1);
          });
    }
  }

  private Document document(List<Measurement> measured) {
    String network = source.model == null ? source.network : source.model.toString();
    Document document =
        new Document("Serving " + network)
            .fact("network", network)
            .add(
                new Rows<>(measured)
                    .add("part", "part", Measurement::part)
                    .add("name", "quantity", Measurement::name)
                    .add(Column.kept("value"), Measurement::value)
                    .add(Column.shown("value"), each -> shown(each.value()))
                    .add("unit", "unit", Measurement::unit)
                    .table("measurements", "Measurements"))
            .provenance("seed", seed.value())
            .provenance("samples", samples)
            .provenance("threads", threads.count());
    return BenchCommand.machine(document);
  }

  private static String shown(double value) {
    boolean whole = value == Math.rint(value);
    return String.format(
        Locale.ROOT, whole || value >= HUNDRED ? "%,.0f" : value >= TEN ? "%.1f" : "%.3f", value);
  }
}
