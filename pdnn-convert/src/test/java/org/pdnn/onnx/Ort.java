package org.pdnn.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.pdnn.onnx.runtime.OnnxEnvironment;

/// Models run by ONNX Runtime, in tests.
public final class Ort {
  private Ort() {}

  /// 32-bit numbers in rows and columns of any depth.
  public static final class Array {
    private final long[] extents;
    private final float[] values;

    public Array(long[] extents, float[] values) {
      this.extents = extents.clone();
      this.values = values.clone();
    }
  }

  /// The outputs of one run, by name.
  public static Map<String, double[]> run(byte[] model, Map<String, Array> inputs)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try (SessionOptions options = options();
        OrtSession session = OnnxEnvironment.get().createSession(model, options)) {
      for (Map.Entry<String, Array> input : inputs.entrySet()) {
        Array array = input.getValue();
        boolean integers =
            Objects.requireNonNull(session.getInputInfo().get(input.getKey())).getInfo()
                    instanceof TensorInfo info
                && info.type == OnnxJavaType.INT64;
        tensors.put(
            input.getKey(),
            integers
                ? OnnxTensor.createTensor(OnnxEnvironment.get(), longs(array.values), array.extents)
                : OnnxTensor.createTensor(
                    OnnxEnvironment.get(), FloatBuffer.wrap(array.values), array.extents));
      }
      Map<String, double[]> outputs = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(tensors)) {
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> entry : result) {
          if (entry.getValue() instanceof OnnxTensor tensor) {
            outputs.put(entry.getKey(), numbers(tensor));
          }
        }
      }
      return outputs;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /// The values of the one output for the one input, one row per input.
  public static float[][] outputs(byte[] model, long[] extents, float[][] inputs)
      throws OrtException {
    float[] all = new float[inputs.length * inputs[0].length];
    for (int i = 0; i < inputs.length; i++) {
      System.arraycopy(inputs[i], 0, all, i * inputs[0].length, inputs[0].length);
    }
    String name;
    try (SessionOptions options = options();
        OrtSession session = OnnxEnvironment.get().createSession(model, options)) {
      name = session.getInputNames().iterator().next();
    }
    double[] values = run(model, Map.of(name, new Array(extents, all))).values().iterator().next();
    float[][] rows = new float[inputs.length][values.length / inputs.length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < rows[row].length; i++) {
        rows[row][i] = (float) values[row * rows[row].length + i];
      }
    }
    return rows;
  }

  /// Saves a model as ONNX Runtime has rewritten it.
  public static void save(byte[] model, OptLevel level, Path file) throws OrtException {
    try (SessionOptions options = options()) {
      options.setOptimizationLevel(level);
      options.setOptimizedModelFilePath(file.toString());
      OnnxEnvironment.get().createSession(model, options).close();
    }
  }

  private static LongBuffer longs(float[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values[i];
    }
    return LongBuffer.wrap(longs);
  }

  private static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    // What weights in 8 bits mean, not products in 8 bits, for which inputs are rounded too.
    options.addConfigEntry("session.disable_quant_qdq", "1");
    return options;
  }

  /// The values in 64 bits, which hold those of 32.
  private static double[] numbers(OnnxTensor tensor) {
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      double[] values = new double[tensor.getDoubleBuffer().remaining()];
      tensor.getDoubleBuffer().get(values);
      return values;
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return values;
  }
}
