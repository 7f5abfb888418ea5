package org.pdnn.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.network.LastHidden;
import org.pdnn.network.ModelFile;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.EarlyStopSampler;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import org.pdnn.tradeoff.Pricing;

/// What a model on Spark answers, against the plain engine.
class PdnnModelTest {
  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // before all
  private static SparkSession session;

  @SuppressWarnings("NullAway.Init") // before all
  private static Path file;

  @BeforeAll
  static void begin() throws IOException {
    session = SmallTable.session();
    file = SmallTable.write(folder);
  }

  @AfterAll
  static void end() {
    session.stop();
  }

  private static PdnnModel model() throws IOException {
    return PdnnModel.of(file).setKeyCol("id");
  }

  /// What the engine answers, one row after the other.
  private static Map<Long, List<Double>> plain(Run run, long seed) {
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), run);
    Map<Long, List<Double>> all = new HashMap<>();
    for (long id = 0; id < SmallTable.ROWS; id++) {
      Answer answer = sampler.answer(SmallTable.input(id), id, new Philox(seed));
      all.put(id, SmallTable.boxed(answer.logits()));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void answersAreThoseOfTheEngineForAnyNumberOfPartitions(int partitions) throws IOException {
    Dataset<Row> table = SmallTable.of(session, partitions);
    assertEquals(partitions, table.rdd().getNumPartitions());
    assertEquals(plain(Run.of(8), 1), SmallTable.logits(model().transform(table)));
  }

  @Test
  void parametersReachTheEngine() throws IOException {
    Run run = Run.of(5).withSamples(3);
    PdnnModel three = model().setSamples(3).setSeed(9);
    assertEquals(plain(run, 9), SmallTable.logits(three.transform(SmallTable.of(session, 2))));
    assertFalse(plain(run, 9).equals(plain(run, 1)), "a seed that changes nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void rowsThatGoTogetherDoNotShow(int rows) throws IOException {
    Dataset<Row> scored = model().setMiniBatchSize(rows).transform(SmallTable.of(session, 2));
    assertEquals(plain(Run.of(8), 1), SmallTable.logits(scored));
  }

  /// Each task fails when it is first tried, in the middle of its rows.
  @Test
  void answersAreTheSameAfterTasksFailed() throws IOException {
    AtomicInteger failures = Failing.FAILURES;
    failures.set(0);
    Dataset<Row> table =
        SmallTable.of(session, 4).map(new Failing(), Encoders.row(SmallTable.SCHEMA));
    assertEquals(plain(Run.of(8), 1), SmallTable.logits(model().transform(table)));
    assertEquals(4, failures.get());
  }

  private static final class Failing implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1;
    static final AtomicInteger FAILURES = new AtomicInteger();

    private int seen;

    @Override
    public Row call(Row row) {
      if (org.apache.spark.TaskContext.get().attemptNumber() == 0 && ++seen == 20) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("the test ends this attempt");
      }
      return row;
    }
  }

  /// As `predict` does it, so that a picture has the same answer there.
  @Test
  void withoutAKeyTheValuesAreTheAddress() throws IOException {
    Dataset<Row> scored = PdnnModel.of(file).transform(SmallTable.of(session, 7));
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), Run.of(8));
    Map<Long, List<Double>> logits = SmallTable.logits(scored);
    for (long id : new long[] {0, 7, 299}) {
      float[] input = SmallTable.input(id);
      Answer answer = sampler.answer(input, InputAddress.of(input), new Philox(1));
      assertEquals(SmallTable.boxed(answer.logits()), logits.get(id));
    }
  }

  @Test
  void textsAreKeysToo() throws IOException {
    Dataset<Row> named =
        SmallTable.of(session, 3).withColumn("name", col("id").cast(DataTypes.StringType));
    Dataset<Row> once = model().setKeyCol("name").transform(named);
    Dataset<Row> again = model().setKeyCol("name").transform(named.repartition(5));
    assertEquals(SmallTable.logits(once), SmallTable.logits(again));
  }

  @Test
  void columnsAgreeWithEachOther() throws IOException {
    Scheme scheme = Scheme.INDEPENDENT;
    Dataset<Row> scored =
        model()
            .setScheme("independent")
            .setSamples(32)
            .setUntilConfident(0.6)
            .setJoulesCol("joules")
            .transform(SmallTable.of(session, 2));
    Run run = new Run(32, scheme, Run.of(1).averaging(), LastHidden.BITS);
    Sampler sampler = Precision.DEFAULT.sampler(SmallTable.network(), run);
    EarlyStopSampler early =
        new EarlyStopSampler(sampler, new SettledTest(0.6, SmallTable.network(), run));
    var energy =
        Pricing.strict(Technology.named("sram65"))
            .model(scheme, LastHidden.BITS, Precision.DEFAULT)
            .breakdown(Workload.of(SmallTable.network()));
    int stopped = 0;
    for (Row row : scored.collectAsList()) {
      long id = row.getLong(0);
      double[][] passes =
          early.passes(new float[][] {SmallTable.input(id)}, new long[] {id}, new Philox(1))[0];
      Answer answer = Answer.of(passes, true);
      assertEquals(Vectors.dense(answer.logits()), row.getAs("rawPrediction"));
      assertEquals(Vectors.dense(answer.probabilities()), row.getAs("probability"));
      assertEquals((double) answer.label(), row.<Double>getAs("prediction"));
      assertEquals(passes.length, row.<Integer>getAs("samples"));
      assertEquals(energy.at(passes.length).total().joules(), row.<Double>getAs("joules"));
      stopped += passes.length < 32 ? 1 : 0;
    }
    assertTrue(stopped > 0 && stopped < SmallTable.ROWS, stopped + " rows stopped");
  }

  @Test
  void arraysAndPicturesAreReadLikeVectors() throws IOException {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("floats", DataTypes.createArrayType(DataTypes.FloatType))
            .add("doubles", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("picture", DataTypes.BinaryType);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < SmallTable.ROWS; id++) {
      float[] input = SmallTable.input(id);
      List<Float> floats = new ArrayList<>();
      for (float value : input) {
        floats.add(value);
      }
      rows.add(
          RowFactory.create(
              id, floats, SmallTable.boxed(SmallTable.doubles(input)), picture(input)));
    }
    Dataset<Row> table = session.createDataFrame(rows, schema);
    for (String column : List.of("floats", "doubles", "picture")) {
      Dataset<Row> scored = model().setFeaturesCol(column).transform(table);
      assertEquals(plain(Run.of(8), 1), SmallTable.logits(scored), column);
    }
  }

  private static byte[] picture(float[] values) throws IOException {
    BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < values.length; i++) {
      image.getRaster().setSample(i % 5, i / 5, 0, Math.round(255 * values[i]));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  @Test
  void aSavedPipelineAnswersTheSame() throws IOException {
    Dataset<Row> table = SmallTable.of(session, 2);
    PdnnModel model = model().setSamples(5).setSeed(4).setUntilConfident(0.9);
    Map<Long, List<Double>> before = SmallTable.logits(model.transform(table));
    String place = folder.resolve("pipeline").toString();
    new Pipeline().setStages(new PipelineStage[] {model}).fit(table).write().save(place);
    PipelineModel loaded = PipelineModel.load(place);
    assertEquals(before, SmallTable.logits(loaded.transform(table)));
    assertEquals(model.uid(), loaded.stages()[0].uid());
    assertEquals(before, SmallTable.logits(model.copy(model.extractParamMap()).transform(table)));
  }

  @Test
  void aSavedModelWhoseFileWasExchangedIsRefused() throws IOException {
    Path place = folder.resolve("exchanged");
    model().write().save(place.toString());
    Path inside = place.resolve("model.safetensors");
    Path other = Files.createDirectories(folder.resolve("other"));
    new org.pdnn.network.Model(SmallTable.network(), Map.of("note", "another"))
        .write(other.resolve("m.safetensors"));
    Files.copy(
        other.resolve("m.safetensors"), inside, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(place.resolve(".model.safetensors.crc"));
    Exception refused = assertThrows(Exception.class, () -> PdnnModel.load(place.toString()));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("is not the file that was saved: its SHA-256 is"),
        refused.getMessage());
  }

  @Test
  void anExecutorWithAnotherModelIsRefused() throws IOException {
    SharedModel shared =
        new SharedModel("small", "0".repeat(64), ModelFile.bytes(file), model().scoring());
    IllegalStateException refused = assertThrows(IllegalStateException.class, shared::scorer);
    assertEquals(
        "the executor has another model than the driver: SHA-256 %s, not %s"
            .formatted(ModelFile.read(file).sha256(), "0".repeat(64)),
        refused.getMessage());
  }

  @Test
  void whatCannotBeScoredIsRefusedBeforeAnyTask() throws IOException {
    Dataset<Row> table = SmallTable.of(session, 1);
    refused(
        "there is no column 'pixels'; the columns are id, features, label",
        table,
        model -> model.setFeaturesCol("pixels"));
    refused(
        "column 'label' holds int; features are vectors, arrays",
        table,
        model -> model.setFeaturesCol("label"));
    refused("column 'features' holds", table, model -> model.setKeyCol("features"));
    refused("there is no column 'key'", table, model -> model.setKeyCol("key"));
    refused(
        "there is a column 'label' already; name another by predictionCol",
        table,
        model -> model.setPredictionCol("label"));
    refused("samples must be", table, model -> model.setSamples(0));
    refused("miniBatchSize must be at least 1", table, model -> model.setMiniBatchSize(0));
    refused("unknown scheme", table, model -> model.setScheme("sobol"));
    refused("confidence must be", table, model -> model.setUntilConfident(1));
    refused("is not a weight format", table, model -> model.setWeights("3.5"));
    refused(
        "handleInvalid must be 'error' or 'keep', got 'skip'",
        table,
        model -> model.setHandleInvalid("skip"));
    refused("unknown technology", table, model -> model.setTechnology("steam").setJoulesCol("j"));
  }

  private static void refused(String sentence, Dataset<Row> table, Consumer<PdnnModel> set)
      throws IOException {
    PdnnModel model = model();
    set.accept(model);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> model.transformSchema(table.schema()));
    assertTrue(String.valueOf(thrown.getMessage()).contains(sentence), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null | the row of key 5 cannot be scored: its features are null
          few  | the row of key 5 cannot be scored: it has 3 features, the network reads 25
          nan  | the row of key 5 cannot be scored: its feature 2 is NaN
          none | the row of key null cannot be scored: its key is null
          far  | the row of key -5 cannot be scored: its key must be at least 0 and below 2^48, got -5
          """)
  void aRowThatCannotBeScoredIsNamedOrKept(String fault, String sentence) throws IOException {
    double[] values = SmallTable.doubles(SmallTable.input(5));
    values[2] = fault.equals("nan") ? Double.NaN : values[2];
    @Nullable Vector features =
        switch (fault) {
          case "null" -> null;
          case "few" -> Vectors.dense(new double[3]);
          default -> Vectors.dense(values);
        };
    @Nullable Long key =
        switch (fault) {
          case "none" -> null;
          case "far" -> -5L;
          default -> 5L;
        };
    List<Row> rows = new ArrayList<>(SmallTable.of(session, 1).collectAsList());
    rows.add(100, RowFactory.create(key, features, 0));
    Dataset<Row> table = session.createDataFrame(rows, SmallTable.SCHEMA).repartition(2);
    Dataset<Row> refused = model().transform(table);
    Throwable thrown = assertThrows(Exception.class, refused::collectAsList);
    while (thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    assertTrue(String.valueOf(thrown.getMessage()).startsWith(sentence), thrown.getMessage());
    Dataset<Row> kept = model().setHandleInvalid("keep").transform(table);
    List<Row> faulty = kept.filter(col("fault").isNotNull()).collectAsList();
    assertEquals(1, faulty.size());
    assertTrue(sentence.endsWith(faulty.getFirst().getAs("fault")), faulty.toString());
    assertTrue(faulty.getFirst().isNullAt(faulty.getFirst().fieldIndex("prediction")));
    assertEquals(plain(Run.of(8), 1), SmallTable.logits(kept.filter(col("fault").isNull())));
  }
}
