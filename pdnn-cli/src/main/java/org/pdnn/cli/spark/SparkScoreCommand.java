package org.pdnn.cli.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SchemeOption;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.names.Counted;
import org.pdnn.report.Document;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn spark score`: a table or a folder of pictures, scored into a table.
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Score a table or a folder of pictures on Apache Spark, into a table.",
    footer = {
      "",
      "It runs on this machine, and first prints the spark-submit line that runs the same job on a"
          + " cluster. The answers are the same bits wherever it runs, on any number of cores and"
          + " after any failure. The table has the columns of the input but the features, and"
          + " rawPrediction (mean logits), probability, prediction and samples.",
      "",
      "Examples:",
      "  pdnn spark score p5.safetensors images.parquet --key id --out scored",
      "  pdnn spark score p5.safetensors pictures --pictures --resize --out scored"
    })
public final class SparkScoreCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
  private String model = "";

  @Parameters(
      index = "1",
      paramLabel = "TABLE|FOLDER",
      description = "The table, a file or a folder, or the folder of pictures.")
  private String input = "";

  @Heading("Data")
  @Option(
      names = "--table",
      paramLabel = "parquet|orc|json|csv",
      defaultValue = "parquet",
      description = "Format of the tables (default: ${DEFAULT-VALUE}).")
  private String table = "parquet";

  @Heading("Data")
  @Option(
      names = "--features",
      paramLabel = "COLUMN|FIRST..LAST",
      description =
          "Column of vectors or arrays with the values that the network reads, or of the contents"
              + " of pictures' files (default: features); or the first and the last of columns"
              + " that hold one value each.")
  private @Nullable String features;

  @Heading("Data")
  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description =
          "Column of whole numbers or texts that address the random words of a row (default: the"
              + " values of the row do, as with predict).")
  private @Nullable String key;

  @Heading("Data")
  @Option(
      names = "--pictures",
      description = "Score the pictures in a folder and below; their path is the column path.")
  private boolean pictures;

  @Heading("Data")
  @Option(names = "--resize", description = "Scale pictures of another size.")
  private boolean resize;

  @Heading("Data")
  @Option(
      names = "--keep-faulty",
      description =
          "Keep rows that cannot be scored, with the reason in the column fault, rather than stop.")
  private boolean keepFaulty;

  @Heading("Sampling")
  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "8",
      description = "Samples averaged (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = Run.MOST_SAMPLES)
  private int samples = 8;

  @Heading("Sampling")
  @Option(
      names = "--until-confident",
      converter = Share.Confidence.class,
      paramLabel = "C",
      description = "Stop a row once its class is, with this confidence, that of all --samples.")
  private @Nullable Double confidence;

  @Heading("Sampling")
  @Option(
      names = "--weights",
      paramLabel = "8|4|2|1|32",
      defaultValue = "8",
      description = "Bits of the hidden layers' weights (default: ${DEFAULT-VALUE}).")
  private String weights = "8";

  @Heading("Output")
  @Option(
      names = "--joules",
      paramLabel = "TECHNOLOGY",
      description = "Add the predicted energy of each row, in the column joules.")
  private @Nullable String technology;

  @Heading("Output")
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder of the table that is written; it must not be there.")
  private String out = "";

  @Mixin private final SchemeOption scheme = new SchemeOption();
  @Mixin private final FormatOption format = new FormatOption();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SparkJob job = new SparkJob(words());
    PrintWriter err = spec.commandLine().getErr();
    Notice.tell(err, "on a cluster: " + job.submitted());
    SparkJob.Ended ended = job.run(threads.count());
    if (ended.code() == 0) {
      format.print(spec.commandLine().getOut(), document(JSON.readTree(ended.out())));
    }
    return ended.code();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    words.add("score");
    words.add("model=" + model);
    words.add("input=" + input);
    words.add("out=" + out);
    words.add("format=" + table);
    words.add("samples=" + samples);
    words.add("scheme=" + scheme.value());
    words.add("seed=" + seed.value());
    words.add("weights=" + weights);
    addIf(pictures, "pictures=true", words);
    addIf(resize, "resize=true", words);
    addIf(keepFaulty, "handleInvalid=keep", words);
    addIf(features != null, "featuresCol=" + features, words);
    addIf(key != null, "keyCol=" + key, words);
    addIf(confidence != null, "untilConfident=" + confidence, words);
    addIf(technology != null, "joulesCol=joules", words);
    addIf(technology != null, "technology=" + technology, words);
    return words;
  }

  private static void addIf(boolean wanted, String word, List<String> words) {
    if (wanted) {
      words.add(word);
    }
  }

  private Document document(JsonNode done) {
    long rows = done.path("rows").longValue();
    long failed = done.path("failedRows").longValue();
    long shared = done.path("sharedKeys").longValue();
    double seconds = done.path("scoringSeconds").doubleValue();
    Document document =
        new Document(out)
            .headline(
                String.format(
                    Locale.ROOT,
                    "%s scored into %s in %.1f s, %,.0f a second.",
                    Counted.of(rows - failed, "row"),
                    out,
                    seconds,
                    (rows - failed) / seconds))
            .fact("model", model)
            .fact("rows", rows)
            .fact("failedRows", failed)
            .fact("sharedKeys", shared)
            .fact("scoringSeconds", seconds)
            .provenance("seed", seed.value())
            .provenance("samples", samples)
            .provenance("scheme", scheme.value())
            .provenance("modelSha256", done.path("modelSha256").textValue());
    if (failed > 0) {
      document.sentence(
          Counted.of(failed, "row") + " could not be scored; the column fault says why.");
    }
    if (shared > 0) {
      document.sentence(
          Counted.of(shared, "key")
              + " stand in more than one row: such rows share their random words.");
    }
    return document;
  }
}
