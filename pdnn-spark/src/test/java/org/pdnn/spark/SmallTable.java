package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;

/// A table of 5x5 grey pictures, and an untrained p-DNN that reads them.
final class SmallTable {
  static final int SIZE = 25;
  static final int ROWS = 300;

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.IntegerType);

  private SmallTable() {}

  /// Spark in this JVM: two tasks at once, each tried four times.
  static SparkSession session() {
    SparkSession session =
        SparkSession.builder()
            .master("local[2, 4]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    session.sparkContext().setLogLevel("OFF");
    return session;
  }

  static Network network() {
    Network zero =
        Preset.network("mlp:25-16-12-4", Shape.of(SIZE), 4, Neuron.parse("pbit:sigmoid"));
    return InitialWeights.PYTORCH.of(zero, 3);
  }

  static Path write(Path folder) throws IOException {
    Path file = folder.resolve("small.safetensors");
    new Model(network(), Map.of()).write(file);
    return file;
  }

  /// The values of row `id`: pixels.
  static float[] input(long id) {
    SplittableRandom random = new SplittableRandom(id);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
    return values;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  static Dataset<Row> of(SparkSession session, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < ROWS; id++) {
      rows.add(RowFactory.create(id, Vectors.dense(doubles(input(id))), (int) (id % 4)));
    }
    return session.createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  /// The logits by key.
  static Map<Long, List<Double>> logits(Dataset<Row> scored) {
    Map<Long, List<Double>> all = new HashMap<>();
    for (Row row : scored.select("id", "rawPrediction").collectAsList()) {
      all.put(row.getLong(0), boxed(((Vector) row.get(1)).toArray()));
    }
    return all;
  }

  static List<Double> boxed(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}
