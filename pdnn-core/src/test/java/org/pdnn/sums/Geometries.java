package org.pdnn.sums;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Window;
import org.pdnn.random.Philox;

/// Layers of every kind that sums are computed of, drawn from a seed: odd numbers of channels, one
/// channel, groups, depthwise, strides, dilations, borders that differ, kernels of one pixel,
/// transposed.
public final class Geometries {
  private final Philox words;
  private int drawn;

  public Geometries(long seed) {
    words = Philox.forPurpose(seed, "geometries");
  }

  /// So many, of all kinds in turn.
  public static List<Geometry> of(long seed, int count) {
    Geometries source = new Geometries(seed);
    List<Geometry> all = new ArrayList<>();
    while (all.size() < count) {
      all.add(source.next(all.size() % 6));
    }
    return all;
  }

  private int from(int least, int most) {
    return least + Integer.remainderUnsigned(words.word(0, 0, drawn++, 0), most - least + 1);
  }

  private Geometry next(int kind) {
    return switch (kind) {
      case 0 -> Geometry.dense(from(1, 700), from(1, 40));
      case 1 -> convolution(from(1, 35), from(1, 35), 1, false);
      case 2 -> depthwise(from(1, 70));
      case 3 -> grouped(from(2, 5));
      case 4 -> convolution(16 * from(1, 4), 16 * from(1, 4), 1, false);
      default -> convolution(from(1, 35), from(1, 35), 1, true);
    };
  }

  private Geometry depthwise(int channels) {
    return convolution(channels, channels * from(1, 2), channels, false);
  }

  private Geometry grouped(int groups) {
    return convolution(groups * from(1, 17), groups * from(1, 17), groups, false);
  }

  private Geometry convolution(int channels, int outputs, int groups, boolean transposed) {
    int rows = from(3, 12);
    int columns = from(3, 12);
    Window window = new Window(axis(rows, transposed), axis(columns, transposed), false);
    return new Geometry(channels, rows, columns, outputs, groups, window, transposed);
  }

  private Window.Axis axis(int extent, boolean transposed) {
    int kernel = from(1, 3);
    int stride = from(1, 2);
    int dilation = transposed ? 1 : from(1, (extent - 1) / Math.max(1, kernel - 1));
    int most = transposed ? kernel - 1 : kernel;
    return new Window.Axis(kernel, stride, dilation, from(0, most), from(0, most));
  }
}
