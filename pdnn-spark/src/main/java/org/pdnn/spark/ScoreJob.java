package org.pdnn.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.functions$;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.pdnn.data.ImageFile;

/// Scores a table or a folder of pictures into a table.
///
/// @param model file of the model
/// @param input table, or folder of pictures
/// @param out folder of the table that is written
/// @param format of the tables
/// @param pictures whether the input is a folder of pictures
/// @param params of [PdnnModel] by name
record ScoreJob(
    String model,
    String input,
    String out,
    String format,
    boolean pictures,
    Map<String, String> params)
    implements Job.Work {
  private static final List<String> FORMATS = List.of("parquet", "orc", "json", "csv");

  /// @throws IllegalArgumentException naming the word that is missing or wrong
  static ScoreJob of(Words words) {
    return new ScoreJob(
        words.need("model"),
        words.need("input"),
        words.need("out"),
        words.take("format").orElse(FORMATS.getFirst()),
        words.take("pictures").map(value -> truth("pictures", value)).orElse(false),
        words.rest());
  }

  ScoreJob {
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "format must be %s, got '%s'".formatted(String.join(", ", FORMATS), format));
    }
    params = Map.copyOf(params);
  }

  /// Scores all rows.
  ///
  /// @return rows, those that failed, seconds, hash of the model
  /// @throws IOException in one sentence, if the model cannot be read or the output exists
  @Override
  public ObjectNode run(SparkSession session) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path to = new Path(out);
    FileSystem files = to.getFileSystem(session.sparkContext().hadoopConfiguration());
    if (files.exists(to)) {
      throw new IOException(out + " exists already; name another folder");
    }
    PdnnModel scorer =
        PdnnModel.of(
            java.nio.file.Path.of(new Path(model).getName()),
            SavedModel.bytes(session, new Path(model)));
    if (pictures) {
      scorer.setFeaturesCol("content");
    }
    params.forEach((name, value) -> set(scorer, name, value));
    String features = scorer.getOrDefault(scorer.featuresCol());
    Dataset<Row> rows = FeatureColumns.assembled(spread(read(session)), features);
    scorer.transformSchema(rows.schema());
    long shared = sharedKeys(rows, scorer.getOrDefault(scorer.keyCol()));
    Observation seen = new Observation();
    String fault = scorer.getOrDefault(scorer.faultCol());
    String logits = scorer.getOrDefault(scorer.rawPredictionCol());
    String probability = scorer.getOrDefault(scorer.probabilityCol());
    Dataset<Row> scored =
        scorer
            .transform(rows)
            .observe(
                seen,
                count(lit(1)).as("rows"),
                scorer.keepsFaulty() ? count(col(fault)).as("failed") : lit(0L).as("failed"))
            .withColumns(Map.of(logits, array(logits), probability, array(probability)))
            .drop(features);
    try {
      scored.write().format(format).option("header", true).save(out);
    } finally {
      removeEmpty(files, to);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("rows", counted(seen, "rows"))
        .put("failedRows", counted(seen, "failed"))
        .put("sharedKeys", shared)
        .put("scoringSeconds", (System.nanoTime() - start) * 1e-9)
        .put("modelSha256", scorer.getOrDefault(scorer.modelSha256()));
  }

  private static long counted(Observation seen, String name) throws InterruptedException {
    return seen.getAsJava().get(name) instanceof Long count ? count : 0;
  }

  /// Of a job that failed Spark leaves an empty folder, which would be in the way of the next one.
  private static void removeEmpty(FileSystem files, Path folder) throws IOException {
    if (files.exists(folder) && files.listStatus(folder).length == 0) {
      files.delete(folder, false);
    }
  }

  /// Vectors as arrays, which any reader knows; CSV has none and holds their texts.
  private Column array(String vectors) {
    Column array =
        when(col(vectors).isNotNull(), functions$.MODULE$.vector_to_array(col(vectors), "float64"));
    return format.equals("csv") ? array.cast(DataTypes.StringType) : array;
  }

  private Dataset<Row> read(SparkSession session) {
    if (!pictures) {
      return session
          .read()
          .format(format)
          .option("header", true)
          .option("inferSchema", true)
          .option("mode", "FAILFAST")
          .load(input);
    }
    String endings =
        ImageFile.endings().stream()
            .map(ending -> ending + "," + ending.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(","));
    return session
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.{" + endings + "}")
        .load(input);
  }

  /// The rows in as many partitions as there are cores, at least: a small file may be a single one.
  private static Dataset<Row> spread(Dataset<Row> rows) {
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    return rows.rdd().getNumPartitions() < cores ? rows.repartition(cores) : rows;
  }

  /// How many keys more than one row has: such rows share their random words.
  private static long sharedKeys(Dataset<Row> rows, String key) {
    return key.isEmpty()
        ? 0
        : rows.where(col(key).isNotNull())
            .groupBy(col(key))
            .count()
            .where(col("count").gt(1))
            .count();
  }

  private static void set(PdnnModel scorer, String name, String value) {
    if (!scorer.hasParam(name) || name.equals(scorer.modelSha256().name())) {
      throw new IllegalArgumentException("there is no word '%s='".formatted(name));
    }
    Param<Object> param = scorer.getParam(name);
    try {
      switch (param) {
        case IntParam whole -> scorer.set(whole, Integer.valueOf(value));
        case LongParam whole -> scorer.set(whole, Long.valueOf(value));
        case DoubleParam real -> scorer.set(real, Double.valueOf(value));
        case BooleanParam truth -> scorer.set(truth, truth(name, value));
        case Param<Object> text -> scorer.set(text, value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s=%s' is no number".formatted(name, value), e);
    }
  }

  private static boolean truth(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new IllegalArgumentException(
              "'%s=%s' must be true or false".formatted(name, other));
    };
  }
}
