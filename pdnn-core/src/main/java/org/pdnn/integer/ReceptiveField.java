package org.pdnn.integer;

import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Shape;

/// Which inputs each output of a layer of weights reads. A dense layer is the convolution whose
/// kernel is the whole image, so that one geometry serves both.
///
/// @param channels channels read
/// @param height rows read
/// @param width columns read
/// @param outputs channels written
/// @param kernelHeight rows of the kernel
/// @param kernelWidth columns of the kernel
/// @param stride pixels from one output to the next
/// @param padding zeros on every side
public record ReceptiveField(
    int channels,
    int height,
    int width,
    int outputs,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding) {

  /// @param layer of one group, its window uniform
  static ReceptiveField of(Convolution layer, Shape in) {
    return new ReceptiveField(
        layer.inputs(),
        in.dimension(1),
        in.dimension(2),
        layer.outputs(),
        layer.kernelHeight(),
        layer.kernelWidth(),
        layer.window().rows().stride(),
        layer.window().rows().before());
  }

  /// @param image the shape before it was flattened, or a vector
  static ReceptiveField of(Dense layer, Shape image) {
    boolean flat = image.rank() != 3;
    int height = flat ? 1 : image.dimension(1);
    int width = flat ? 1 : image.dimension(2);
    int channels = flat ? image.size() : image.dimension(0);
    return new ReceptiveField(channels, height, width, layer.outputs(), height, width, 1, 0);
  }

  /// Rows written.
  public int rows() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  /// Columns written.
  public int columns() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /// Weights of one output.
  public int fanIn() {
    return channels * kernelHeight * kernelWidth;
  }

  /// Index of a weight among those of its output, PyTorch's order.
  public int weight(int channel, int ky, int kx) {
    return (channel * kernelHeight + ky) * kernelWidth + kx;
  }

  /// The row of the image that kernel row `ky` reads for output row `row`; outside [0, height) it
  /// is padding.
  public int readRow(int row, int ky) {
    return row * stride + ky - padding;
  }

  /// The column of the image that kernel column `kx` reads for output column `column`.
  public int readColumn(int column, int kx) {
    return column * stride + kx - padding;
  }

  /// Whether a pixel lies in the image, not in the padding.
  public boolean holds(int row, int column) {
    return row >= 0 && row < height && column >= 0 && column < width;
  }
}
