package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.Network;
import org.pdnn.onnx.FloatGraph;
import org.pdnn.onnx.Ort;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/// Models that other software than ours wrote: ONNX Runtime, after it has fused what it could, and
/// Tribuo.
class OtherExportersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.pdnn.onnx.Examples#all")
  void whatOnnxRuntimeHasRewrittenAnswersAsBefore(Network network)
      throws IOException, OrtException {
    byte[] model = FloatGraph.of(network, 3);
    Path file = folder.resolve("rewritten.onnx");
    Ort.save(model, OptLevel.BASIC_OPT, file);
    OnnxModel read = OnnxModel.read(file);
    Agreement.assertAgrees(read, model, 3);
    Agreement.assertAgrees(read, Files.readAllBytes(file), 3);
  }

  @Test
  void aLinearModelOfTribuoAnswersAsOnnxRuntimeDoes() throws IOException, OrtException {
    byte[] model = trained().exportONNXModel("org.pdnn", 1).toByteArray();
    Path file = folder.resolve("tribuo.onnx");
    Files.write(file, model);
    OnnxModel read = OnnxModel.read(file);
    assertEquals(6, read.network().input().size());
    assertEquals(3, read.network().output().size());
    assertEquals(1, read.remarks().size());
    Agreement.assertAgrees(read, model, 4);
  }

  private static LinearSGDModel trained() {
    LabelFactory factory = new LabelFactory();
    SimpleDataSourceProvenance source =
        new SimpleDataSourceProvenance("three classes", OffsetDateTime.MIN, factory);
    MutableDataset<Label> data = new MutableDataset<>(source, factory);
    Random random = new Random(1);
    String[] names = {"a", "b", "c", "d", "e", "f"};
    for (int i = 0; i < 60; i++) {
      double[] values = random.doubles(names.length).toArray();
      values[i % 3] += 1;
      data.add(new ArrayExample<>(new Label("class" + i % 3), names, values));
    }
    return new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1), 2, 1).train(data);
  }
}
