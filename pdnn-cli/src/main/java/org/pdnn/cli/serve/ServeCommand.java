package org.pdnn.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.PrecisionOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.TimeSpan;
import org.pdnn.cli.option.Within;
import org.pdnn.data.ImageFile;
import org.pdnn.data.InputImages;
import org.pdnn.files.InputFile;
import org.pdnn.network.Model;
import org.pdnn.sampling.Run;
import org.pdnn.server.Server;
import org.pdnn.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
          + " has the name of its file. An interrupt or SIGTERM stops it: requests in work are"
          + " answered, and the exit code is 0.",
      "",
      "Examples:",
      "  pdnn serve p5.safetensors",
      "  pdnn serve p5.safetensors vgg5.safetensors --port 9000 --threads 4",
      "  pdnn serve --models models",
      "  pdnn serve p5.safetensors --page explorer.html",
      "  curl localhost:8080/v2/models/p5"
    })
public final class ServeCommand implements Callable<Integer> {
  /// Kept, as loggers that nobody holds lose their level.
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private static final int MOST_PAGE_BYTES = 16 << 20;

  @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Model files, .safetensors.")
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
      names = "--models",
      paramLabel = "DIR",
      description =
          "Folder of models, NAME.safetensors or NAME/VERSION.safetensors, that clients may load"
              + " and unload.")
  private @Nullable Path folder;

  @Heading("Server")
  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "HTML to show at /, as explore writes it.")
  private @Nullable Path page;

  @Heading("Server")
  @Option(
      names = "--max-wait",
      converter = TimeSpan.class,
      paramLabel = "TIME",
      description =
          "Longest time that a request without a deadline may be kept waiting by others; it is"
              + " refused otherwise (default: as long as 64 requests take).")
  private @Nullable Duration maxWait;

  @Heading("Server")
  @Option(
      names = "--access-log",
      description = "Print each request to standard output, a JSON object per line.")
  private boolean accessLog;

  @Mixin private final AccessOptions access = new AccessOptions();
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
    if (files.isEmpty() && folder == null) {
      throw new ParameterException(spec.commandLine(), "MODEL or --models is missing");
    }
    ModelFiles models =
        new ModelFiles(
            files,
            Optional.ofNullable(folder),
            model -> weights.of(model.network(), model.input(), Run.of(1), notices));
    ServerOptions options =
        new ServerOptions(
            host,
            port,
            threads.count(),
            technology.read(),
            access.read(),
            maxWait == null
                ? ServerOptions.Bounds.DEFAULT
                : ServerOptions.Bounds.DEFAULT.waiting(maxWait),
            html(),
            Optional.of(ServeCommand::picture));
    PrintWriter out = spec.commandLine().getOut();
    Consumer<Supplier<String>> lines =
        line -> {
          out.println(line.get());
          out.flush();
        };
    try (Server server = Server.start(options, models, accessLog ? lines : _ -> {})) {
      Map<String, String> failed = server.failed();
      failed.forEach(
          (name, why) -> Notice.tell(notices, "not serving model '%s': %s".formatted(name, why)));
      for (String name : models.names()) {
        if (!failed.containsKey(name)) {
          Notice.tell(
              notices, "serving http://%s:%s/v2/models/%s".formatted(host, server.port(), name));
        }
      }
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /// As `predict` reads it.
  static float[] picture(byte[] picture, Model model, boolean resize) throws IOException {
    InputImages form = InputImages.of(model);
    return form.values(ImageFile.read("the picture", picture, form.picture(), resize), 0);
  }

  private Optional<String> html() throws IOException {
    return page == null
        ? Optional.empty()
        : Optional.of(
            new String(
                InputFile.read(page, "page", MOST_PAGE_BYTES).bytes(), StandardCharsets.UTF_8));
  }
}
