package org.pdnn.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.network.Model;
import org.pdnn.network.ModelFile;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.server.Served;
import org.pdnn.server.Server;
import org.pdnn.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn serve`: answers over HTTP until it is interrupted.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve models over HTTP, by the Open Inference Protocol, version 2.",
    footer = {
      "",
      "A request may end by samples, deadline_ms, confidence or max_joules. The same seed and"
          + " input get the same bits as from predict, whatever else is asked meanwhile. A model"
          + " has the name of its file. Interrupt to stop: requests in work are answered.",
      "",
      "Examples:",
      "  pdnn serve p5.safetensors",
      "  pdnn serve p5.safetensors vgg5.safetensors --port 9000 --threads 4",
      "  curl localhost:8080/v2/models/p5"
    })
public final class ServeCommand implements Callable<Integer> {
  /// Kept, as loggers that nobody holds lose their level.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private static final String SUFFIX = ".safetensors";

  @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Model files, .safetensors.")
  private List<Path> files = List.of();

  @Heading("Server")
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen at; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 65_535)
  private int port = 8080;

  @Heading("Server")
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to listen at; 0.0.0.0 lets other machines in (default:"
              + " ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Heading("Server")
  @Option(
      names = "--access-log",
      description = "Print each request to standard output, a JSON object per line.")
  private boolean accessLog;

  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final TechnologyOption technology = new TechnologyOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    HELIDON.setLevel(Level.WARNING);
    PrintWriter notices = spec.commandLine().getErr();
    List<Served> models = new ArrayList<>();
    for (Path file : files) {
      models.add(served(file, notices));
    }
    ServerOptions options =
        new ServerOptions(
            host, port, threads.count(), technology.read(), ServerOptions.Bounds.DEFAULT);
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> lines =
        line -> {
          out.println(line);
          out.flush();
        };
    try (Server server = Server.start(options, models, accessLog ? lines : _ -> {})) {
      for (Served model : models) {
        Notice.tell(
            notices,
            "serving http://%s:%s/v2/models/%s".formatted(host, server.port(), model.name()));
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private Served served(Path file, PrintWriter notices) throws IOException {
    Model model = ModelFile.read(file).model();
    Precision precision = weights.of(model.network(), model.input(), Run.of(1), notices);
    String name = String.valueOf(file.getFileName());
    return new Served(
        name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
        model,
        precision);
  }
}
