package org.pdnn.training.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.pdnn.network.AveragePool;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// Convolutions and pools by any [Window], by libtorch's own where it has them: those pad both ends
/// of an axis alike, and pools by half a kernel at most.
final class Windowed {
  private static final long[] NONE = {0, 0};
  private static final long[] ONCE = {1, 1};

  private Windowed() {}

  static Tensor convolution(
      Tensor x, Tensor weight, TensorOptional bias, Window window, int groups) {
    // Where a kernel lies in padding alone, oneDNN has been seen to read address 0.
    boolean own =
        window.symmetric()
            && 2L * window.rows().before() <= window.rows().span()
            && 2L * window.columns().before() <= window.columns().span();
    return torch.conv2d(
        own ? x : padded(x, window, 0),
        weight,
        bias,
        stride(window),
        own ? padding(window) : NONE,
        dilation(window),
        groups);
  }

  static Tensor transposed(Tensor x, Tensor weight, TensorOptional bias, Window window) {
    return torch.conv_transpose2d(
        x, weight, bias, stride(window), padding(window), NONE, 1, dilation(window));
  }

  static Tensor maxPool(Tensor x, MaxPool pool) {
    Window window = pool.window();
    boolean own = own(window);
    Window tight = own ? window : window.tight(image(x));
    return torch.max_pool2d(
        own ? x : padded(x, tight, Float.NEGATIVE_INFINITY),
        kernel(window),
        stride(window),
        own ? padding(window) : NONE,
        dilation(window),
        tight.ceil());
  }

  static Tensor averagePool(Tensor x, AveragePool pool) {
    Window window = pool.window();
    if (own(window)) {
      return torch.avg_pool2d(
          x,
          kernel(window),
          stride(window),
          padding(window),
          window.ceil(),
          pool.countsPadding(),
          new LongOptional());
    }
    Tensor sums =
        torch.avg_pool2d(
            padded(x, window.tight(image(x)), 0),
            kernel(window),
            stride(window),
            NONE,
            false,
            true,
            new LongOptional(1));
    int lines = (int) sums.size(2);
    int columns = (int) sums.size(3);
    float[] divisors = new float[lines * columns];
    for (int i = 0; i < divisors.length; i++) {
      divisors[i] = pool.divisor(i / columns, i % columns, image(x));
    }
    return sums.div(Parameters.tensor(divisors, x.device()).view(1, 1, lines, columns))
        .to(x.scalar_type());
  }

  static Tensor globalAveragePool(Tensor x) {
    return torch.adaptive_avg_pool2d(x, ONCE);
  }

  /// Whether libtorch's pools have a window.
  private static boolean own(Window window) {
    return window.symmetric()
        && 2 * window.rows().before() <= window.rows().kernel()
        && 2 * window.columns().before() <= window.columns().kernel();
  }

  private static Tensor padded(Tensor x, Window window, float value) {
    Window.Axis rows = window.rows();
    Window.Axis columns = window.columns();
    return torch.constant_pad_nd(
        x,
        new long[] {columns.before(), columns.after(), rows.before(), rows.after()},
        new Scalar(value));
  }

  /// The shape of one image of a batch.
  private static Shape image(Tensor x) {
    return Shape.of((int) x.size(1), (int) x.size(2), (int) x.size(3));
  }

  private static long[] kernel(Window window) {
    return new long[] {window.rows().kernel(), window.columns().kernel()};
  }

  private static long[] stride(Window window) {
    return new long[] {window.rows().stride(), window.columns().stride()};
  }

  private static long[] dilation(Window window) {
    return new long[] {window.rows().dilation(), window.columns().dilation()};
  }

  private static long[] padding(Window window) {
    return new long[] {window.rows().before(), window.columns().before()};
  }
}
