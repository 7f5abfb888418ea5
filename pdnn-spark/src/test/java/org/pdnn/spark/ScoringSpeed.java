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

/// Images a second of `local[2]` beside those of the engine on two threads. Both do the same rows
/// in the same JVM, in turns, and make each row when they need it: the engine an array of floats,
/// Spark a row with a vector. In the first turn the engine begins cold, and the job is the first of
/// Spark's session; it runs only when it is named.
class ScoringSpeed {
  private static final String NETWORK = System.getProperty("network", "vgg5");
  private static final int ROWS = Integer.getInteger("rows", 100_000);
  private static final int TURNS = Integer.getInteger("turns", 3);
  private static final int BLOCK = 64;
  private static final int PARTITIONS = 8;

  @Test
  void scoreAnUntrainedNetwork(@TempDir Path folder) throws IOException {
    Network zero = Preset.network(NETWORK, Neuron.parse("pbit:sigmoid"));
    Network network = InitialWeights.GLOROT.of(zero, 1);
    int size = network.input().size();
    Path file = folder.resolve("model.safetensors");
    new Model(network, Map.of()).write(file);
    try (SparkSession session = SmallTable.session()) {
      PdnnModel model = PdnnModel.of(file).setKeyCol("id");
      for (int turn = 1; turn <= TURNS; turn++) {
        double engine = seconds(() -> engine(network));
        double spark =
            seconds(() ->
                model
                    .transform(table(session, size))
                    .drop("features")
                    .write()
                    .format("noop")
                    .mode("append")
                    .save());
        System.out.printf(
            Locale.ROOT,
            "%s, turn %s: engine %.0f, Spark %.0f images a second, %.0f %%%n",
            NETWORK,
            turn,
            ROWS / engine,
            ROWS / spark,
            100 * engine / spark);
      }
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void engine(Network network) {
    int size = network.input().size();
    Sampler shared = Precision.DEFAULT.sampler(network, Run.of(8));
    Workers.forEach(
        Math.ceilDiv(ROWS, BLOCK),
        2,
        () -> {
          Sampler own = shared.fork();
          return block -> {
            int first = block * BLOCK;
            float[][] inputs = new float[Math.min(BLOCK, ROWS - first)][];
            for (int i = 0; i < inputs.length; i++) {
              inputs[i] = image(first + i, size);
            }
            for (double[][] passes : own.passes(inputs, first, new Philox(1))) {
              Answer.of(passes, true).probabilities();
            }
          };
        });
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
