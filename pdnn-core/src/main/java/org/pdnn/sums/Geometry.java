package org.pdnn.sums;

import java.util.function.IntToLongFunction;
import org.pdnn.names.Limits;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// What a layer of weights reads and writes: images of rows, columns and channels, the channel
/// running fastest. A dense layer has one row and one column.
///
/// @param channels that are read
/// @param rows of the image that is read
/// @param columns of the image that is read
/// @param outputs channels that are written
/// @param groups a divisor of channels and outputs: the first 1/groups of the outputs reads the
///   first 1/groups of the channels, and so on
/// @param window how the kernel goes over the image that is read, or over the image that is written
///   if it is transposed
/// @param transposed whether each pixel that is read adds its kernel to the image that is written,
///   a stride apart; the window's padding is cut from that image
public record Geometry(
    int channels,
    int rows,
    int columns,
    int outputs,
    int groups,
    Window window,
    boolean transposed) {
  public Geometry {
    Limits.atLeast("channels", 1, channels);
    Limits.atLeast("rows", 1, rows);
    Limits.atLeast("columns", 1, columns);
    Limits.atLeast("outputs", 1, outputs);
    Limits.atLeast("groups", 1, groups);
    if (channels % groups != 0 || outputs % groups != 0) {
      throw new IllegalArgumentException(
          "%s channels and %s outputs are not divisible into %s groups"
              .formatted(channels, outputs, groups));
    }
    if (window.ceil()) {
      throw new IllegalArgumentException("a layer of weights has no ceil mode; pad it instead");
    }
    // Fails if the kernel does not fit, or an image is too large.
    written(Shape.of(channels, rows, columns), outputs, window, transposed);
  }

  /// A dense layer: one row, one column.
  public static Geometry dense(int channels, int outputs) {
    return new Geometry(channels, 1, 1, outputs, 1, Window.of(1, 1), false);
  }

  private static Shape written(Shape read, int outputs, Window window, boolean transposed) {
    return transposed
        ? Shape.of(
            outputs,
            grown(window.rows(), read.dimension(1)),
            grown(window.columns(), read.dimension(2)))
        : window.output(read, outputs, "a convolution kernel");
  }

  private static int grown(Window.Axis axis, int extent) {
    long pixels = (extent - 1L) * axis.stride() + axis.span() - axis.before() - axis.after();
    if (pixels < 1) {
      throw new IllegalArgumentException(
          "padding %s and %s cuts everything a transposed convolution makes of %s pixels"
              .formatted(axis.before(), axis.after(), extent));
    }
    return Math.toIntExact(pixels);
  }

  private Shape written() {
    return written(Shape.of(channels, rows, columns), outputs, window, transposed);
  }

  public int outputRows() {
    return written().dimension(1);
  }

  public int outputColumns() {
    return written().dimension(2);
  }

  /// Codes of an image that is read.
  public int codes() {
    return channels * rows * columns;
  }

  /// Sums of an image that is written.
  public int sums() {
    return Math.toIntExact(written().size());
  }

  /// Channels that an output reads.
  public int groupChannels() {
    return channels / groups;
  }

  /// Where a weight lies: by output, kernel row, kernel column, channel.
  ///
  /// @param channel of the output's group
  public int weight(int output, int kernelRow, int kernelColumn, int channel) {
    int tap = kernelRow * window.columns().kernel() + kernelColumn;
    return (output * Math.toIntExact(window.size()) + tap) * groupChannels() + channel;
  }

  /// Weights of an output.
  public int fanIn() {
    return Math.toIntExact(groupChannels() * window.size());
  }

  /// Products of an image, those with padding among them.
  public long products() {
    return (long) sums() * fanIn();
  }

  /// Whether each output reads the whole image, as a dense layer does.
  public boolean dense() {
    return groups == 1
        && !transposed
        && !window.padded()
        && window.rows().kernel() == rows
        && window.columns().kernel() == columns;
  }

  /// The pixel, row by row, that an element of the kernel reads for a pixel that is written; less
  /// than 0 if it reads none.
  public int read(int row, int column, int down, int across) {
    int y = read(window.rows(), rows, row, down);
    int x = read(window.columns(), columns, column, across);
    return y < 0 || x < 0 ? -1 : y * columns + x;
  }

  private int read(Window.Axis axis, int extent, int output, int tap) {
    int read = axis.read(output, tap);
    if (transposed) {
      int distance = output + axis.before() - tap * axis.dilation();
      read = distance % axis.stride() == 0 ? distance / axis.stride() : -1;
    }
    return read < extent ? read : -1;
  }

  /// A sum, as it is defined: of what the kernel reads of an image, codes times weights.
  ///
  /// @param codes by place: row, column, channel
  /// @param weights by place, see [#weight]
  public long sum(
      int row, int column, int output, IntToLongFunction codes, IntToLongFunction weights) {
    int firstChannel = output / (outputs / groups) * groupChannels();
    int place = output * fanIn();
    long sum = 0;
    for (int down = 0; down < window.rows().kernel(); down++) {
      for (int across = 0; across < window.columns().kernel(); across++) {
        int pixel = read(row, column, down, across);
        for (int channel = 0; pixel >= 0 && channel < groupChannels(); channel++) {
          int code = pixel * channels + firstChannel + channel;
          sum += codes.applyAsLong(code) * weights.applyAsLong(place + channel);
        }
        place += groupChannels();
      }
    }
    return sum;
  }

  /// Checks the weights of a layer.
  ///
  /// @param most the greatest code
  /// @throws IllegalArgumentException if they are not as many as there are, or a sum of theirs may
  ///   exceed 32 bits
  void require(int most, byte[] weights) {
    Limits.between("the greatest code", 1, 255, most);
    int fanIn = fanIn();
    if (weights.length != (long) outputs * fanIn) {
      throw new IllegalArgumentException(
          "%s outputs of %s weights each, got %s".formatted(outputs, fanIn, weights.length));
    }
    for (int output = 0; output < outputs; output++) {
      long largest = 0;
      for (int i = output * fanIn; i < (output + 1) * fanIn; i++) {
        largest += (long) most * Math.abs(weights[i]);
      }
      if (largest > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the sums of output %s may exceed 32 bits; use fewer bits".formatted(output));
      }
    }
  }
}
