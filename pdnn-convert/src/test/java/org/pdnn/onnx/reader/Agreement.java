package org.pdnn.onnx.reader;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Shape;
import org.pdnn.onnx.Examples;
import org.pdnn.onnx.Ort;

/// What models that were read answer, beside ONNX Runtime.
final class Agreement {
  private Agreement() {}

  /// The outputs of a model that was read, with the softmax that was left out.
  static float[][] answers(OnnxModel model, float[][] inputs) {
    boolean turned = model.remarks().contains(InputOrder.REMARK);
    Shape input = model.network().input();
    float[][] ours =
        turned
            ? Arrays.stream(inputs)
                .map(values -> channelsFirst(values, input))
                .toArray(float[][]::new)
            : inputs;
    float[][] answers = Examples.answers(model.network(), ours);
    boolean logarithm = model.remarks().toString().contains("(LogSoftmax) is left out");
    boolean softmax = model.remarks().toString().contains("(Softmax) is left out");
    for (float[] row : answers) {
      double sum = 0;
      for (float logit : row) {
        sum += Math.exp(logit);
      }
      for (int i = 0; i < row.length; i++) {
        if (logarithm) {
          row[i] = (float) (row[i] - Math.log(sum));
        } else if (softmax) {
          row[i] = (float) (Math.exp(row[i]) / sum);
        }
      }
    }
    return answers;
  }

  /// An image of (height, width, channels) as here.
  private static float[] channelsFirst(float[] image, Shape ours) {
    List<Integer> theirs = List.of(ours.dimension(1), ours.dimension(2), ours.dimension(0));
    ArrayView view = ArrayView.of(theirs).permuted(List.of(2, 0, 1));
    return new Reals(theirs, image).picked(view.extents(), view).toArray();
  }

  /// A model that was read answers as ONNX Runtime does.
  static void assertAgrees(OnnxModel read, byte[] model, int batch) throws OrtException {
    Shape ours = read.network().input();
    Shape file =
        read.remarks().contains(InputOrder.REMARK)
            ? Shape.of(ours.dimension(1), ours.dimension(2), ours.dimension(0))
            : ours;
    float[][] inputs = Examples.inputs(file, batch, 4);
    Examples.assertClose(
        Ort.outputs(model, Examples.extents(batch, file), inputs), answers(read, inputs), "");
  }
}
