package org.pdnn.onnx.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.pdnn.network.Shape;

/// A model of others in ONNX Runtime that reads images and gives numbers, a batch of any size at a
/// time. Used by one thread.
public final class OnnxImageModel implements AutoCloseable {
  private final OrtSession session;
  private final String input;
  private final Shape shape;
  private final boolean batches;
  private boolean closed;

  /// Loads a model.
  ///
  /// @param threads that one operator may use
  /// @throws OnnxException if ONNX Runtime cannot load it
  /// @throws IllegalArgumentException in one sentence, if it does not read images of one size
  public OnnxImageModel(Path file, int threads) {
    try (OrtSession.SessionOptions options = OnnxEnvironment.options(threads)) {
      session = OnnxEnvironment.get().createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new OnnxException("load " + file, e);
    }
    try {
      NodeInfo node = only(session.getInputInfo());
      long[] dimensions = dimensions(node);
      this.input = node.getName();
      this.batches = dimensions[0] != 1;
      this.shape = Shape.of(extent(dimensions[1]), extent(dimensions[2]), extent(dimensions[3]));
    } catch (OrtException e) {
      close();
      throw new OnnxException("describe " + file, e);
    } catch (IllegalArgumentException e) {
      close();
      throw new IllegalArgumentException(file + " " + e.getMessage(), e);
    }
  }

  private static NodeInfo only(Map<String, NodeInfo> nodes) {
    if (nodes.size() != 1) {
      throw new IllegalArgumentException(
          "must have one input, the images, but has %s".formatted(nodes.size()));
    }
    return nodes.values().iterator().next();
  }

  private static long[] dimensions(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo info
        && info.getShape().length == 4
        && info.type == ai.onnxruntime.OnnxJavaType.FLOAT) {
      return info.getShape();
    }
    throw new IllegalArgumentException(
        "must read 32-bit numbers of shape (batch, channels, height, width), but reads "
            + node.getInfo());
  }

  private static int extent(long dimension) {
    if (dimension < 1 || dimension > 4096) {
      throw new IllegalArgumentException(
          "must say how large its images are, 1 to 4096, but says " + dimension);
    }
    return (int) dimension;
  }

  /// (channels, height, width) of an image.
  public Shape shape() {
    return shape;
  }

  /// The numbers of each image, from the model's first output.
  ///
  /// @param images by image, row-major
  public float[][] run(float[][] images) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    float[][] rows = new float[images.length][];
    int together = batches ? images.length : 1;
    for (int from = 0; from < images.length; from += together) {
      run(images, from, together, rows);
    }
    return rows;
  }

  private void run(float[][] images, int from, int count, float[][] rows) {
    FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(count, shape.size()));
    for (int i = from; i < from + count; i++) {
      values.put(images[i]);
    }
    long[] dimensions = {count, shape.dimension(0), shape.dimension(1), shape.dimension(2)};
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OnnxEnvironment.get(), values.rewind(), dimensions);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      FloatBuffer flat = first(result);
      int each = flat.remaining() / count;
      for (int i = from; i < from + count; i++) {
        rows[i] = new float[each];
        flat.get(rows[i]);
      }
    } catch (OrtException e) {
      throw new OnnxException("run the model", e);
    }
  }

  private static FloatBuffer first(OrtSession.Result result) {
    Iterator<Map.Entry<String, OnnxValue>> outputs = result.iterator();
    if (outputs.hasNext() && outputs.next().getValue() instanceof OnnxTensor tensor) {
      FloatBuffer values = tensor.getFloatBuffer();
      if (values != null) {
        return values;
      }
    }
    throw new IllegalArgumentException("the model's first output is not of 32-bit numbers");
  }

  /// Frees the model; a second time does nothing.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      session.close();
    } catch (OrtException e) {
      throw new OnnxException("free the model", e);
    }
  }
}
