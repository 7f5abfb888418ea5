package org.pdnn.network;

import java.util.List;
import org.pdnn.names.Limits;

/// How a convolution or a pool goes over an image: output (row, column) reads the pixels under a
/// kernel that lies `stride` pixels further for each of them.
///
/// A sequence is an image of height 1.
///
/// @param rows down the image
/// @param columns across it
/// @param ceil whether a last kernel that does not fit gives an output too, as in PyTorch: if it
///   begins in the image or in the padding before it
public record Window(Axis rows, Axis columns, boolean ceil) {

  /// A window along one axis.
  ///
  /// @param kernel pixels read for one output
  /// @param stride pixels from one output to the next
  /// @param dilation pixels from one that is read to the next
  /// @param before pixels of padding above or on the left
  /// @param after pixels of padding below or on the right
  public record Axis(int kernel, int stride, int dilation, int before, int after) {
    public Axis {
      Limits.atLeast("kernel", 1, kernel);
      Limits.atLeast("stride", 1, stride);
      Limits.atLeast("dilation", 1, dilation);
      Limits.between("padding", 0, Shapes.MOST_PADDING, before);
      // As much as may hang over in ceil mode.
      long most = Math.max(Shapes.MOST_PADDING, (kernel - 1L) * dilation);
      Limits.between("padding", 0, most, after);
    }

    /// Pixels from the first that an output reads to the last, both included.
    public long span() {
      return (kernel - 1L) * dilation + 1;
    }

    /// The pixel that kernel element `tap` reads for an output; outside [0, extent) it is padding.
    public int read(int output, int tap) {
      return output * stride + tap * dilation - before;
    }

    /// Kernel elements that read pixels of the image for an output.
    public int inside(int output, int extent) {
      return tapsBelow(output, extent) - tapsBelow(output, 0);
    }

    /// Kernel elements that read pixels of the image or its padding for an output; a kernel that
    /// hangs over in [#ceil] mode has fewer than others.
    public int padded(int output, int extent) {
      return tapsBelow(output, extent + after);
    }

    /// Kernel elements that read less than so far.
    private int tapsBelow(int output, int end) {
      int first = read(output, 0);
      return first >= end ? 0 : (int) Math.min(kernel, (end - 1L - first) / dilation + 1);
    }

    /// Outputs along an extent; none if it is too short.
    private long outputs(int extent, boolean ceil) {
      long room = extent + (long) before + after - span();
      if (room < 0) {
        return 0;
      }
      long outputs = (ceil ? Math.ceilDiv(room, stride) : room / stride) + 1;
      return ceil && (outputs - 1) * stride >= (long) extent + before ? outputs - 1 : outputs;
    }

    /// Whether each of so many outputs reads a pixel of the image.
    private boolean sees(int outputs, int extent) {
      for (int output = 0; output < outputs && read(output, 0) < 0; output++) {
        if (inside(output, extent) == 0) {
          return false;
        }
      }
      return inside(outputs - 1, extent) > 0;
    }

    private Axis tight(int extent, boolean ceil) {
      long reached = (outputs(extent, ceil) - 1) * stride + span() - before;
      return new Axis(kernel, stride, dilation, before, (int) Math.max(0, reached - extent));
    }

    private boolean padsLess() {
      return before < kernel && after < kernel;
    }

    private boolean tiles() {
      return stride == kernel && dilation == 1 && before == 0 && after == 0;
    }
  }

  /// A kernel that moves by its own size, without padding.
  public static Window of(int height, int width) {
    return new Window(new Axis(height, height, 1, 0, 0), new Axis(width, width, 1, 0, 0), false);
  }

  /// A square kernel that moves by its own size, without padding.
  static Window of(int side) {
    return of(side, side);
  }

  /// A window that is alike in rows and columns, and padded alike on all sides.
  public static Window square(int kernel, int stride, int padding) {
    return of(kernel, kernel).stride(stride, stride).padding(padding, padding, padding, padding);
  }

  /// The same with another kernel.
  public Window kernel(int height, int width) {
    return new Window(
        new Axis(height, rows.stride, rows.dilation, rows.before, rows.after),
        new Axis(width, columns.stride, columns.dilation, columns.before, columns.after),
        ceil);
  }

  /// The same with other strides.
  public Window stride(int down, int across) {
    return new Window(
        new Axis(rows.kernel, down, rows.dilation, rows.before, rows.after),
        new Axis(columns.kernel, across, columns.dilation, columns.before, columns.after),
        ceil);
  }

  /// The same with other dilations.
  public Window dilation(int down, int across) {
    return new Window(
        new Axis(rows.kernel, rows.stride, down, rows.before, rows.after),
        new Axis(columns.kernel, columns.stride, across, columns.before, columns.after),
        ceil);
  }

  /// The same with another padding.
  public Window padding(int top, int left, int bottom, int right) {
    return new Window(
        new Axis(rows.kernel, rows.stride, rows.dilation, top, bottom),
        new Axis(columns.kernel, columns.stride, columns.dilation, left, right),
        ceil);
  }

  /// The same in ceil mode, or not.
  public Window ceil(boolean other) {
    return new Window(rows, columns, other);
  }

  /// Kernel elements.
  public long size() {
    return (long) rows.kernel * columns.kernel;
  }

  /// Whether there is padding on any side.
  public boolean padded() {
    return rows.before + rows.after + columns.before + columns.after > 0;
  }

  /// Whether above and below are padded alike, and left and right.
  public boolean symmetric() {
    return rows.before == rows.after && columns.before == columns.after;
  }

  /// Whether kernels lie side by side in the image: each pixel is read once at most.
  public boolean tiles() {
    return rows.tiles() && columns.tiles() && !ceil;
  }

  /// Whether one stride and one padding say all but the kernel.
  public boolean uniform() {
    return equals(square(1, rows.stride, rows.before).kernel(rows.kernel, columns.kernel));
  }

  /// The window of the same outputs without ceil mode: what a kernel reads below and on the right
  /// of the image is padding, and nothing else is.
  ///
  /// @param image channels, height, width; one that the window goes over
  public Window tight(Shape image) {
    return new Window(
        rows.tight(image.dimension(1), ceil), columns.tight(image.dimension(2), ceil), false);
  }

  /// The window of the same outputs whose kernels reach to the end of what is padded, or hang over
  /// in ceil mode: other software differs in whether one more begins in the padding.
  ///
  /// @param image channels, height, width; one that the window goes over
  public Window trimmed(Shape image) {
    Window tight = tight(image);
    return ceil
        ? padding(
            rows.before,
            columns.before,
            Math.min(rows.after, tight.rows.after),
            Math.min(columns.after, tight.columns.after))
        : this;
  }

  /// The image that comes out.
  ///
  /// @param image channels, height, width
  /// @param channels that come out
  /// @param what has this window, as in "a convolution kernel"
  /// @throws IllegalArgumentException if the kernel does not fit
  public Shape output(Shape image, int channels, String what) {
    long height = rows.outputs(image.dimension(1), ceil);
    long width = columns.outputs(image.dimension(2), ceil);
    if (height == 0 || width == 0) {
      throw new IllegalArgumentException(
          "%s of %s is larger than its input %s; make it smaller or pad more"
              .formatted(what, this, image));
    }
    return Shape.of(channels, Shapes.extent(height), Shapes.extent(width));
  }

  /// The image that a pool makes of another: each output is of pixels, not of padding alone.
  ///
  /// @throws IllegalArgumentException if an axis is padded by its kernel or more, as PyTorch and
  ///   ONNX forbid too, or the kernel does not fit
  Shape pooled(Shape image, String what) {
    Shapes.requireImage(image, what);
    if (!rows.padsLess() || !columns.padsLess()) {
      throw new IllegalArgumentException(
          "%s of %s is padded by its kernel or more; pad less".formatted(what, this));
    }
    Shape output = output(image, image.dimension(0), what);
    if (!rows.sees(output.dimension(1), image.dimension(1))
        || !columns.sees(output.dimension(2), image.dimension(2))) {
      throw new IllegalArgumentException(
          "%s of %s reads nothing but padding somewhere in %s; pad less"
              .formatted(what, this, image));
    }
    return output;
  }

  /// Pixels of padding on the top, left, bottom and right, in this order.
  public List<Integer> sides() {
    return List.of(rows.before, columns.before, rows.after, columns.after);
  }

  /// As in `3x3 with padding 1`.
  @Override
  public String toString() {
    boolean dense = rows.dilation == 1 && columns.dilation == 1;
    return "%dx%s%s with padding %s"
        .formatted(
            rows.kernel,
            columns.kernel,
            dense ? "" : " dilated by %dx%s".formatted(rows.dilation, columns.dilation),
            sides().stream().distinct().count() == 1 ? rows.before : sides());
  }
}
