package org.pdnn.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Shape;
import org.pdnn.onnx.OnnxGraph;

/// A model in ONNX Runtime with one batch of inputs, which is run again and again. Inputs and
/// outputs lie in memory of their own outside of the heap, so that a run copies and allocates
/// nothing.
public final class OnnxSession implements AutoCloseable {
  private final OrtSession session;
  private final int batch;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> results = new LinkedHashMap<>();
  private boolean closed;

  /// @param model the bytes of an `.onnx` file with an input `x`
  /// @param shape of one input
  /// @param batch the inputs of every run
  /// @param threads that one operator may use
  public OnnxSession(byte[] model, Shape shape, float[][] batch, int threads) {
    this.batch = batch.length;
    try (OrtSession.SessionOptions options = OnnxEnvironment.options(threads)) {
      session = OnnxEnvironment.get().createSession(model, options);
      inputs.put(OnnxGraph.INPUT, input(shape, batch));
      for (NodeInfo output : session.getOutputInfo().values()) {
        allocate(output);
      }
    } catch (OrtException e) {
      throw new OnnxException("load the model", e);
    }
  }

  /// The version of ONNX Runtime.
  public static String version() {
    return OnnxEnvironment.get().getVersion();
  }

  private static OnnxTensor input(Shape shape, float[][] batch) throws OrtException {
    FloatBuffer values = direct((long) batch.length * shape.size());
    for (float[] input : batch) {
      values.put(input);
    }
    return OnnxTensor.createTensor(
        OnnxEnvironment.get(), values.rewind(), dimensions(shape, batch));
  }

  private static long[] dimensions(Shape shape, float[][] batch) {
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = batch.length;
    System.arraycopy(OnnxGraph.dimensions(shape), 0, dimensions, 1, shape.rank());
    return dimensions;
  }

  private void allocate(NodeInfo output) throws OrtException {
    if (!(output.getInfo() instanceof TensorInfo info)) {
      throw new IllegalArgumentException("output " + output.getName() + " is not a tensor");
    }
    FloatBuffer values = direct(info.getNumElements());
    results.put(output.getName(), values);
    outputs.put(
        output.getName(), OnnxTensor.createTensor(OnnxEnvironment.get(), values, info.getShape()));
  }

  private static FloatBuffer direct(long floats) {
    return ByteBuffer.allocateDirect(Math.toIntExact(Float.BYTES * floats))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /// Runs the batch.
  public void run() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    try (OrtSession.Result _ = session.run(inputs, Set.of(), outputs)) {
      // The outputs are in their buffers.
    } catch (OrtException e) {
      throw new OnnxException("run the model", e);
    }
  }

  /// The last run's values of an output, one input after the other.
  public float[] values(String output) {
    FloatBuffer buffer = results.get(output);
    if (buffer == null) {
      throw new IllegalArgumentException("the model has no output " + output);
    }
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  /// The last run's values of the last output, one row per input.
  public float[][] outputs() {
    float[] values = values(results.keySet().stream().reduce("", (_, last) -> last));
    return FloatRows.of(values, batch);
  }

  /// Frees the model; a second time does nothing.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("free the model", e);
    }
  }
}
