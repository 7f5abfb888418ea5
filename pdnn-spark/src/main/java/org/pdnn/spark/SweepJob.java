package org.pdnn.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.EnergyBlock;
import org.pdnn.reproduction.Experiment;
import org.pdnn.reproduction.Request;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;
import org.pdnn.sweep.Sweep;
import org.pdnn.sweep.SweepProgress;

/// Finishes the cells of a plan in a folder that all machines see.
///
/// @param out folder; the cells lie below it, and beside them `NAME.jsonl`, what they found
/// @param format of the table of a grid's points, `NAME-points`
/// @param log told how far the sweep is
record SweepJob(Plan plan, Path out, String format, PrintStream log) implements Job.Work {
  private static final List<String> FORMATS = List.of("parquet", "orc", "csv");

  /// @throws IllegalArgumentException naming the word that is missing or wrong
  /// @throws IOException if a grid's file cannot be read
  static SweepJob of(Words words, PrintStream log) throws IOException {
    Path out = folder(words.need("out"));
    String format = words.take("format").orElse(FORMATS.getFirst());
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "format must be %s, got '%s'".formatted(String.join(", ", FORMATS), format));
    }
    Optional<String> grid = words.take("grid");
    Plan plan = grid.isPresent() ? Plan.Grid.read(Path.of(grid.get())) : figure(words);
    words.requireNone();
    return new SweepJob(plan, out, format, log);
  }

  private static Plan figure(Words words) {
    String figure = words.need("figure");
    Request request =
        new Request(
            figure,
            Budget.parse(words.take("budget").orElse("quick")),
            words.take("data").orElseGet(() -> Experiment.named(figure).data()),
            words.take("imperfections").map(all -> List.of(all.split(","))).orElse(List.of()),
            seed(words.take("seed").orElse("1")));
    return new Plan.Figure(request, words.need("dataDir"));
  }

  /// Cells are locked and renamed, which the files of object stores cannot be.
  private static Path folder(String out) {
    if (out.contains("://")) {
      throw new IllegalArgumentException(
          "out=%s is an address; name a folder that all machines have mounted".formatted(out));
    }
    return Path.of(out).toAbsolutePath();
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "seed must be a whole number, got '%s'".formatted(text), e);
    }
  }

  @Override
  public ObjectNode run(SparkSession session) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Cell<?>> cells = PlannedCells.of(plan).all();
    Path folder = out.resolve("cells");
    SweepLines lines = new SweepLines(plan.name(), log);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Findings findings = new Sweep(folder, new TaskCrew(spark, plan, folder), lines).run(cells);
    double seconds = (System.nanoTime() - start) * 1e-9;
    Files.createDirectories(out);
    findings.write(out.resolve(plan.name() + ".jsonl"));
    ObjectNode done =
        JsonNodeFactory.instance
            .objectNode()
            .put("finishedCells", lines.finished())
            .put("keptCells", lines.kept())
            .put("sweepSeconds", seconds);
    List<Found<EnergyBlock.Priced>> blocks = findings.of(EnergyBlock.KIND);
    if (!blocks.isEmpty()) {
      long points = blocks.stream().mapToLong(block -> block.result().points()).sum();
      Sweep sweep = new Sweep(folder, 1, SweepProgress.NONE);
      List<Path> files = cells.stream().map(cell -> EnergyBlock.file(sweep.folder(cell))).toList();
      done.put("points", points).put("table", table(session, files, points));
    }
    return done;
  }

  /// Puts the points of all blocks into one table.
  ///
  /// @return the name of its folder
  /// @throws IOException if the files do not hold what their cells found
  private String table(SparkSession session, List<Path> files, long points)
      throws IOException, InterruptedException {
    String name = plan.name() + "-points";
    Observation seen = new Observation();
    session
        .read()
        .schema(EnergyBlock.COLUMNS)
        .option("header", true)
        .option("mode", "FAILFAST")
        .csv(files.stream().map(file -> file.toUri().toString()).toArray(String[]::new))
        .observe(seen, count(lit(1)).as("points"))
        .write()
        .mode(SaveMode.Overwrite)
        .format(format)
        .option("header", true)
        .save(out.resolve(name).toUri().toString());
    if (!Objects.equals(seen.getAsJava().get("points"), points)) {
      throw new IOException(
          "a points.csv below %s is damaged: all hold %s points, not %s; remove the folder and run again"
              .formatted(out.resolve("cells"), seen.getAsJava().get("points"), points));
    }
    return name;
  }
}
