package org.pdnn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Converters;
import org.pdnn.cli.option.Destinations;
import org.pdnn.cli.option.ExitCode;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Wrong;
import org.pdnn.evaluation.Environment;
import org.pdnn.files.FileFault;
import org.pdnn.files.RecipeException;
import org.pdnn.onnx.runtime.OnnxException;
import org.pdnn.training.torch.TorchException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The `pdnn` command: reads the line, runs one subcommand, maps failures to exit codes.
@Command(
    name = "pdnn",
    description =
        "Probabilistic deep neural networks: one-bit activations, accuracy by averaging"
            + " samples.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Examples:",
      "  pdnn study                         the main job, on the built-in digits",
      "  pdnn study --data mnist --budget full",
      "  pdnn train --data digits --samples 5 --epochs 8 --out p5.safetensors",
      "  pdnn evaluate p5.safetensors --data digits --samples 1,2,4,8",
      "  pdnn energy paper:vgg5 --technology hbm2-sram65 --samples 1..32",
      "  pdnn convert net.onnx --data mnist --out p.safetensors",
      "  pdnn reproduce fig6 --out pdnn-figures",
      "  pdnn help train                    or pdnn train --help",
      "",
      "Completion for bash and zsh:  source <(pdnn generate-completion)",
      "Manual page:  pdnn help --man > pdnn.1",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."
    })
public final class Main implements Runnable {
  private static final Class<?> EXHAUSTED = OutOfMemoryError.class;

  @Heading("General")
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /// Runs the command and ends the JVM with its exit code.
  public static void main(String[] args) {
    // Numbers and names of files are the same for everyone.
    Locale.setDefault(Locale.ROOT);
    // Warnings of the library look like the command's own.
    System.setProperty("java.util.logging.SimpleFormatter.format", "pdnn: %5$s%n");
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(main), "interrupt"));
    // Threads that the JDK starts die alone; whoever waits for them hears of it.
    Thread.setDefaultUncaughtExceptionHandler(Main::died);
    StandardOutput standard = new StandardOutput();
    PrintWriter out = new PrintWriter(standard, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int code = ended(run(out, err, args), out, standard, err);
    // Runtime.exit runs the hook, which must not wait for this thread; and within a shutdown it
    // never returns, so that the hook would wait in vain.
    done = true;
    if (!stopping) {
      System.exit(code);
    } else if (code == 0) {
      // What was stopped and still did all it should, as a server does, has not failed.
      Runtime.getRuntime().halt(code);
    }
  }

  /// The exit code, now that all was printed or could not be.
  private static int ended(int code, PrintWriter out, StandardOutput standard, PrintWriter err) {
    out.flush();
    if (standard.unread()) {
      return ExitCode.UNREAD;
    }
    return standard
        .failure()
        .map(fault -> told(err, "cannot write standard output: " + fault, ExitCode.FAILED))
        .orElse(code);
  }

  /// Whoever waits for a worker of the common pool hears that its memory ended; to find that out
  /// takes none.
  private static void died(Thread thread, Throwable cause) {
    boolean exhausted = cause.getClass() == EXHAUSTED;
    if (exhausted && thread.isDaemon()) {
      return;
    }
    Notice.tell(
        new PrintWriter(System.err, true, System.err.charset()),
        exhausted
            ? Memory.exhausted((OutOfMemoryError) cause)
            : "unexpected %s in %s".formatted(cause, thread));
  }

  private static volatile boolean done;
  private static volatile boolean stopping;

  /// On an interrupt: lets the command stop where nothing is lost, for at most ten seconds.
  private static void finish(Thread main) {
    stopping = true;
    if (done) {
      return;
    }
    main.interrupt();
    try {
      main.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Runs the command.
  ///
  /// @return the exit code
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    PrintWriter screen = new PrintWriter(new PrintableWriter(out), true);
    PrintWriter complaints = new PrintWriter(new PrintableWriter(err), true);
    Main main = new Main();
    CommandLine line = line(main, args);
    line.setOut(screen).setErr(complaints);
    line.setExecutionStrategy(Main::execute);
    line.setExecutionExceptionHandler(
        (failure, command, parse) -> main.explain(failure, complaints));
    line.setParameterExceptionHandler((failure, given) -> usage(failure, complaints));
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return told(complaints, Memory.exhausted(e), ExitCode.FAILED);
    }
  }

  /// The command line that reads some words: of other commands than those named it knows the names.
  static CommandLine line(Main main, String... words) {
    CommandLine line = new CommandLine(main);
    Subcommands.add(line, words);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // A file may be called @x.
    line.setExpandAtFiles(false);
    Converters.register(line);
    HelpLayout.apply(line);
    return line;
  }

  private static int execute(ParseResult line) {
    Bounds.check(line);
    List<Path> replaced;
    try {
      replaced = Destinations.check(line);
    } catch (IOException e) {
      CommandLine command = line.commandSpec().commandLine();
      throw new ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
    int code = new CommandLine.RunLast().execute(line);
    if (code == 0) {
      PrintWriter err = line.commandSpec().commandLine().getErr();
      replaced.forEach(file -> Notice.tell(err, file + " was there before and is replaced"));
    }
    return code;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private int explain(Exception failure, PrintWriter err) {
    if (verbose) {
      failure.printStackTrace(err);
    }
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case Exception full when full.getCause() instanceof OutOfMemoryError e ->
          told(err, Memory.exhausted(e), ExitCode.FAILED);
      case IllegalArgumentException wrong -> told(err, message, ExitCode.WRONG_USAGE);
      case CancellationException interrupted -> told(err, message, ExitCode.INTERRUPTED);
      case RecipeException refused -> told(err, refused);
      case IOException broken -> told(err, FileFault.sentence(broken), ExitCode.FAILED);
      case UncheckedIOException broken -> told(err, FileFault.sentence(broken), ExitCode.FAILED);
      case TorchException broken -> told(err, message, ExitCode.FAILED);
      case OnnxException broken -> told(err, message, ExitCode.FAILED);
      default ->
          told(
              err,
              "unexpected " + failure + "; please report it with the output of --verbose",
              ExitCode.FAILED);
    };
  }

  private static int usage(ParameterException failure, PrintWriter err) {
    return told(err, Wrong.sentence(failure), ExitCode.WRONG_USAGE);
  }

  private static int told(PrintWriter err, String sentence, int code) {
    Notice.tell(err, sentence);
    return code;
  }

  private static int told(PrintWriter err, RecipeException refused) {
    Notice.tell(err, refused.sentence());
    refused.recipe().forEach(err::println);
    return ExitCode.FAILED;
  }

  /// The version of the build.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"pdnn " + Environment.here().version()};
    }
  }
}
