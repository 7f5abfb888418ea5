package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.pdnn.network.ModelFile;

/// A network that scores the rows of a data set: a transformer of Spark ML, alone or in a pipeline.
///
/// The random words of a row are addressed by its key, or without one by its values: its answer is
/// the same bits for any number of partitions, after any failure and in any session.
public final class PdnnModel extends ScoringParams implements MLWritable {
  private static final long serialVersionUID = 1;

  /// Columns that a complaint lists.
  private static final int MOST_NAMES = 20;

  private final byte[] bytes;
  private transient ModelFile file;

  /// @param bytes of the model file
  PdnnModel(String uid, ModelFile file, byte[] bytes) {
    super(uid);
    this.file = file;
    this.bytes = bytes;
    set(modelSha256(), file.sha256());
  }

  /// The model of a `.safetensors` file on this machine.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static PdnnModel of(Path path) throws IOException {
    return of(path, ModelFile.bytes(path));
  }

  /// The model in the bytes of a file, wherever they lie.
  ///
  /// @param name what complaints call them
  /// @throws IOException in one sentence that says what is wrong
  public static PdnnModel of(Path name, byte[] bytes) throws IOException {
    return new PdnnModel(Identifiable$.MODULE$.randomUID("pdnn"), ModelFile.of(name, bytes), bytes);
  }

  /// Reads models that were saved. Pipelines look for this method.
  public static MLReader<PdnnModel> read() {
    return new SavedModel.Reader();
  }

  /// Reads a model that was saved.
  public static PdnnModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new SavedModel.Writer(this, bytes);
  }

  public PdnnModel setFeaturesCol(String value) {
    return with(featuresCol(), value);
  }

  public PdnnModel setKeyCol(String value) {
    return with(keyCol(), value);
  }

  public PdnnModel setRawPredictionCol(String value) {
    return with(rawPredictionCol(), value);
  }

  public PdnnModel setProbabilityCol(String value) {
    return with(probabilityCol(), value);
  }

  public PdnnModel setPredictionCol(String value) {
    return with(predictionCol(), value);
  }

  public PdnnModel setSamplesCol(String value) {
    return with(samplesCol(), value);
  }

  public PdnnModel setJoulesCol(String value) {
    return with(joulesCol(), value);
  }

  public PdnnModel setFaultCol(String value) {
    return with(faultCol(), value);
  }

  public PdnnModel setSamples(int value) {
    return with(samples(), value);
  }

  public PdnnModel setScheme(String value) {
    return with(scheme(), value);
  }

  public PdnnModel setSeed(long value) {
    return with(seed(), value);
  }

  public PdnnModel setWeights(String value) {
    return with(weights(), value);
  }

  public PdnnModel setUntilConfident(double value) {
    return with(untilConfident(), value);
  }

  public PdnnModel setMiniBatchSize(int value) {
    return with(miniBatchSize(), value);
  }

  public PdnnModel setResize(boolean value) {
    return with(resize(), value);
  }

  public PdnnModel setHandleInvalid(String value) {
    return with(handleInvalid(), value);
  }

  public PdnnModel setTechnology(String value) {
    return with(technology(), value);
  }

  private <T> PdnnModel with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  @Override
  public PdnnModel copy(ParamMap extra) {
    return copyValues(new PdnnModel(uid(), file, bytes), extra);
  }

  /// The columns after scoring.
  ///
  /// @throws IllegalArgumentException naming the column or parameter that is wrong
  @Override
  public StructType transformSchema(StructType schema) {
    Scoring scoring = scoring();
    scoring.precision(file.model());
    scoring.rule(file.network());
    rowsAtOnce();
    features(schema);
    key(schema);
    StructType scored = with(schema, rawPredictionCol(), SQLDataTypes.VectorType());
    scored = with(scored, probabilityCol(), SQLDataTypes.VectorType());
    scored = with(scored, predictionCol(), DataTypes.DoubleType);
    scored = with(scored, samplesCol(), DataTypes.IntegerType);
    scored = hasJoules() ? with(scored, joulesCol(), DataTypes.DoubleType) : scored;
    return keepsFaulty() ? with(scored, faultCol(), DataTypes.StringType) : scored;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    StructType scored = transformSchema(schema);
    Scoring scoring = scoring();
    String key = getOrDefault(keyCol());
    ScoredRows.Columns columns =
        new ScoredRows.Columns(
            features(schema),
            schema.fieldIndex(getOrDefault(featuresCol())),
            key.isEmpty() ? -1 : schema.fieldIndex(key),
            (Boolean) getOrDefault(resize()),
            rowsAtOnce(),
            hasJoules(),
            keepsFaulty());
    SharedModel shared = new SharedModel(file.path().toString(), file.sha256(), bytes, scoring);
    return dataset
        .toDF()
        .mapPartitions(
            new ScoredRows(
                dataset
                    .sparkSession()
                    .sparkContext()
                    .broadcast(shared, scala.reflect.ClassTag$.MODULE$.apply(SharedModel.class)),
                columns),
            Encoders.row(scored));
  }

  private boolean hasJoules() {
    return !getOrDefault(joulesCol()).isEmpty();
  }

  private Features features(StructType schema) {
    StructField field = column(schema, getOrDefault(featuresCol()));
    return Features.of(field.dataType())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "column '%s' holds %s; features are vectors, arrays of float or double, or binary, the content of a picture's file"
                    .formatted(field.name(), field.dataType().simpleString())));
  }

  private void key(StructType schema) {
    String name = getOrDefault(keyCol());
    if (name.isEmpty()) {
      return;
    }
    DataType type = column(schema, name).dataType();
    if (!RowAddress.isKey(type)) {
      throw new IllegalArgumentException(
          "column '%s' holds %s; a key is a whole number or a text"
              .formatted(name, type.simpleString()));
    }
  }

  static StructField column(StructType schema, String name) {
    Optional<StructField> found =
        Arrays.stream(schema.fields()).filter(field -> field.name().equals(name)).findFirst();
    return found.orElseThrow(() ->
        new IllegalArgumentException(
            "there is no column '%s'; the columns are %s".formatted(name, names(schema))));
  }

  private static String names(StructType schema) {
    String[] names = schema.fieldNames();
    String some = String.join(", ", Arrays.copyOf(names, Math.min(names.length, MOST_NAMES)));
    return names.length > MOST_NAMES ? some + ", ..., " + names[names.length - 1] : some;
  }

  private StructType with(StructType schema, Param<String> column, DataType type) {
    String name = getOrDefault(column);
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is a column '%s' already; name another by %s".formatted(name, column.name()));
    }
    return schema.add(name, type, true);
  }

  private void readObject(java.io.ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    file = ModelFile.of(Path.of("model"), bytes);
  }
}
