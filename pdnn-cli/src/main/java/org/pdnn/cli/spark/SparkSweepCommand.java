package org.pdnn.cli.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.RequestOptions;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.ValuesConverter;
import org.pdnn.experiment.EnergyGrid;
import org.pdnn.names.Counted;
import org.pdnn.names.Values;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.reproduction.Experiment;
import org.pdnn.reproduction.Request;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Forecast;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn spark sweep`: the cells of a figure, or of a grid of energies, as tasks of Spark.
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = "Compute a figure, or energies at every point of a grid, on Apache Spark.",
    footer = {
      "",
      "It runs on this machine, and first prints the spark-submit line that runs the same sweep on"
          + " a cluster. Every cell, a network or a curve, is kept below --out once it is finished"
          + " and never computed again, whatever is interrupted: start the same command again. A"
          + " figure is then drawn by pdnn reproduce FIGURE --draw DIR.",
      "",
      "Examples:",
      "  pdnn spark sweep fig4a --budget standard --out figures",
      "  pdnn spark sweep fig4a --out figures --estimate 1,10,100,1000",
      "  pdnn spark sweep grid.json --out energies      see docs/how-to/spark.md"
    })
public final class SparkSweepCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_CORES = 100_000;

  @Parameters(
      index = "0",
      paramLabel = "FIGURE|GRID.json",
      description =
          "A figure of pdnn reproduce that trains networks, or the file of a grid of energies.")
  private String subject = "";

  @Mixin private final RequestOptions request = new RequestOptions();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Heading("Output")
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the cells and of what they found; on a cluster all machines see it.")
  private Path out = Path.of("");

  @Heading("Output")
  @Option(
      names = "--table",
      paramLabel = "parquet|orc|csv",
      defaultValue = "parquet",
      description = "Format of the table of a grid's points (default: ${DEFAULT-VALUE}).")
  private String table = "parquet";

  @Heading("Output")
  @Option(
      names = "--estimate",
      paramLabel = "CORES,...",
      converter = ValuesConverter.class,
      description =
          "Run nothing: estimate how long what is not finished takes on so many cores, as in"
              + " 1,10,100,1000.")
  private @Nullable Values cores;

  @Mixin private final FormatOption format = new FormatOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (cores != null) {
      format.print(spec.commandLine().getOut(), estimate(cores.whole("--estimate", MOST_CORES)));
      return 0;
    }
    SparkJob job = new SparkJob(words());
    Notice.tell(spec.commandLine().getErr(), "on a cluster: " + job.submitted());
    SparkJob.Ended ended = job.run(threads.count());
    if (ended.code() == 0) {
      format.print(spec.commandLine().getOut(), document(JSON.readTree(ended.out())));
    }
    return ended.code();
  }

  private boolean isGrid() {
    return subject.endsWith(".json");
  }

  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("sweep"));
    if (isGrid()) {
      words.add("grid=" + subject);
      words.add("format=" + table);
    } else {
      Request asked = request.of(Experiment.named(subject));
      words.add("figure=" + asked.figure());
      words.add("budget=" + asked.budget());
      words.add("data=" + asked.data());
      words.add("dataDir=" + request.folder().path().toAbsolutePath());
      words.add("seed=" + asked.seed());
      if (!asked.imperfections().isEmpty()) {
        words.add("imperfections=" + String.join(",", asked.imperfections()));
      }
    }
    words.add("out=" + out.toAbsolutePath());
    return words;
  }

  private Document document(JsonNode done) {
    long finished = done.path("finishedCells").longValue();
    long kept = done.path("keptCells").longValue();
    long points = done.path("points").longValue();
    double seconds = done.path("sweepSeconds").doubleValue();
    Document document =
        new Document(subject)
            .headline(
                String.format(
                    Locale.ROOT,
                    "%s: %s done in %.1f s, %s kept from before.",
                    subject,
                    Counted.of(finished, "cell"),
                    seconds,
                    kept))
            .fact("sweep", subject)
            .fact("finishedCells", finished)
            .fact("keptCells", kept)
            .fact("sweepSeconds", seconds);
    if (isGrid()) {
      document
          .fact("points", points)
          .sentence(
              "%s points in %s, as %s."
                  .formatted(points, out.resolve(done.path("table").textValue()), table));
    } else {
      document.sentence("Draw it: pdnn reproduce %s --draw %s".formatted(subject, out));
    }
    note(document);
    return document;
  }

  private Document estimate(List<Integer> counts) throws IOException {
    List<Cell<?>> cells =
        isGrid()
            ? EnergyGrid.read(Path.of(subject)).cells()
            : request.cells(Experiment.named(subject));
    Forecast forecast = new Sweep(out.resolve("cells"), 1, SweepProgress.NONE).forecast(cells);
    double one = forecast.seconds(1);
    Document document = new Document("How long %s takes".formatted(subject));
    document
        .headline(
            String.format(
                Locale.ROOT,
                "%s of %s: %.0f s on one core, %s.",
                Counted.of(forecast.cells().size(), "cell"),
                subject,
                one,
                forecast.basis().words()))
        .fact("sweep", subject)
        .fact("openCells", forecast.cells().size())
        .add(
            new Rows<>(counts)
                .add("cores", "cores", count -> count)
                .add(Column.of("predictedSeconds", "time").in("s").as("%.1f"), forecast::seconds)
                .add(Column.of("leastSeconds", "at least").in("s").as("%.1f"), forecast::atLeast)
                .add(Column.of("mostSeconds", "at most").in("s").as("%.1f"), forecast::atMost)
                .add(
                    Column.of("speedUp", "speed-up").as("%.1f"),
                    count -> one / forecast.seconds(count))
                .table("forecast", "Time against cores"));
    note(document);
    return document;
  }

  private void note(Document document) {
    if (!isGrid()) {
      Request asked = request.of(Experiment.named(subject));
      document
          .provenance("seed", asked.seed())
          .provenance("budget", asked.budget())
          .provenance("data", asked.data());
    }
  }
}
