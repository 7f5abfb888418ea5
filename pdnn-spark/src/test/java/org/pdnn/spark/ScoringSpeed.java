package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Workers;

/// Images a second of `local[2]` beside those of the engine on two threads, both from memory. It
/// runs only when it is named.
class ScoringSpeed {
  private static final int ROWS = Integer.getInteger("rows", 100_000);
  private static final int BLOCK = 64;
  private static final int ENGINE_BLOCKS = 200;
  private static final int PARTITIONS = 8;

  @Test
  void scoreUntrainedVgg5(@TempDir Path folder) throws IOException {
    Network zero = Preset.network("vgg5", Neuron.parse("pbit:sigmoid"));
    Network network = InitialWeights.GLOROT.of(zero, 1);
    int size = network.input().size();
    Path file = folder.resolve("vgg5.safetensors");
    new Model(network, Map.of()).write(file);
    double engine = Math.max(engine(network), Math.max(engine(network), engine(network)));
    try (SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()) {
      PdnnModel model = PdnnModel.of(file).setKeyCol("id");
      long start = System.nanoTime();
      model
          .transform(table(session, size))
          .drop("features")
          .write()
          .format("noop")
          .mode("append")
          .save();
      double spark = ROWS / ((System.nanoTime() - start) * 1e-9);
      System.out.printf(
          Locale.ROOT,
          "engine %.0f, Spark %.0f images a second: %.0f %%%n",
          engine,
          spark,
          100 * spark / engine);
    }
  }

  private static double engine(Network network) {
    int size = network.input().size();
    long start = System.nanoTime();
    Sampler shared = Precision.DEFAULT.sampler(network, Run.of(8));
    Workers.forEach(
        ENGINE_BLOCKS,
        2,
        () -> {
          Sampler own = shared.fork();
          return block -> {
            float[][] inputs = new float[BLOCK][];
            for (int i = 0; i < BLOCK; i++) {
              inputs[i] = image((long) block * BLOCK + i, size);
            }
            for (double[][] passes : own.passes(inputs, (long) block * BLOCK, new Philox(1))) {
              Answer.of(passes, true).probabilities();
            }
          };
        });
    return ENGINE_BLOCKS * BLOCK / ((System.nanoTime() - start) * 1e-9);
  }

  private static Dataset<Row> table(SparkSession session, int size) {
    StructType schema =
        new StructType().add("id", DataTypes.LongType).add("features", SQLDataTypes.VectorType());
    MapFunction<Row, Row> made =
        row -> {
          long id = row.getLong(0);
          return RowFactory.create(id, Vectors.dense(SmallTable.doubles(image(id, size))));
        };
    return session.range(0, ROWS, 1, PARTITIONS).toDF().map(made, Encoders.row(schema));
  }

  /// Pixels, cheaply made.
  private static float[] image(long id, int size) {
    float[] values = new float[size];
    int state = (int) id * 0x9E3779B9;
    for (int i = 0; i < size; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (state >>> 24) / 255f;
    }
    return values;
  }
}
