package org.pdnn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.integer.Probability;
import org.pdnn.network.Shape;

/// Our own operators in ONNX Runtime, against the methods that they repeat, bit for bit.
class SampledFunctionsTest {
  private static final int COUNT = 200_000;

  /// One of our operators of a batch of numbers, and constants of the same length if it has more
  /// inputs.
  private static float[] run(String operator, float[] first, float[]... others)
      throws OrtException {
    OnnxGraph graph = new OnnxGraph(1, Shape.of(first.length));
    graph.function(SampledFunctions.fused());
    graph.function(SampledFunctions.down());
    graph.function(SampledFunctions.downClip());
    List<String> inputs = new ArrayList<>(List.of(OnnxGraph.INPUT));
    for (float[] other : others) {
      String name = "c" + inputs.size();
      graph.input(name, "", 1, other.length);
      inputs.add(name);
    }
    graph.node(OnnxFunction.DOMAIN, operator, inputs, "y");
    graph.output("y", Shape.of(first.length));
    Map<String, Ort.Array> values = new LinkedHashMap<>();
    values.put(OnnxGraph.INPUT, new Ort.Array(new long[] {1, first.length}, first));
    for (int i = 0; i < others.length; i++) {
      values.put("c" + (i + 1), new Ort.Array(new long[] {1, first.length}, others[i]));
    }
    double[] found = Objects.requireNonNull(Ort.run(graph.toBytes(), values).get("y"));
    float[] singles = new float[found.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) found[i];
    }
    return singles;
  }

  /// The sum in 64 bits, rounded twice.
  private static float twice(float a, float b, float c) {
    return (float) ((double) a * b + c);
  }

  @Test
  void sumsAndProductsAreRoundedOnce() throws OrtException {
    Random random = new Random(1);
    float[] a = new float[COUNT];
    float[] b = new float[COUNT];
    float[] c = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      a[i] = (float) Math.scalb(random.nextGaussian(), random.nextInt(20) - 10);
      b[i] = (float) random.nextGaussian();
      c[i] = (float) Math.scalb(random.nextGaussian(), random.nextInt(60) - 30);
      if (i % 2 == 0) {
        // Halfway between two numbers of 32 bits, but for a rest that 64 bits leave off.
        int sign = random.nextBoolean() ? 1 : -1;
        a[i] = 0x1p-24f * (1 + Math.scalb(1 + random.nextInt(99), -23));
        b[i] = sign * (1 - Math.scalb(random.nextInt(200), -24));
        c[i] = 1 + Math.scalb(random.nextInt(1000), -23);
      }
    }
    float[] found = run(SampledFunctions.FUSED, a, b, c);
    int different = 0;
    for (int i = 0; i < COUNT; i++) {
      assertEquals(Math.fma(a[i], b[i], c[i]), found[i], "of " + i);
      different += Math.fma(a[i], b[i], c[i]) == twice(a[i], b[i], c[i]) ? 0 : 1;
    }
    assertTrue(different > 100, "only %d differ if rounded twice".formatted(different));
  }

  @Test
  void probabilitiesHaveTheBitsOfTheEngine() throws OrtException {
    Random random = new Random(2);
    float[] preActivations = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      preActivations[i] =
          switch (i % 4) {
            case 0 -> (float) random.nextGaussian() * 5;
            case 1 -> 40 * random.nextFloat() - 20;
            // Halves are where the cubic changes.
            case 2 -> (random.nextInt(64) - 32) / 2f;
            default -> random.nextInt(1 << 22) * 0x1p-18f - 8;
          };
    }
    float[] down = run(SampledFunctions.DOWN, preActivations);
    float[] downClip = run(SampledFunctions.DOWN_CLIP, preActivations);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(Probability.down(preActivations[i]), down[i], "of " + preActivations[i]);
      assertEquals(Probability.downClip(preActivations[i]), downClip[i]);
    }
  }
}
