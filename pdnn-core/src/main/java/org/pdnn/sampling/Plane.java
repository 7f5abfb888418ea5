package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;

import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.Window;

/// Where the bits of an image lie: 32 channels of a pixel in a word, zeros around the border, the
/// same word of sixteen chains side by side.
///
/// @param rows rows with the border
/// @param columns columns with the border
/// @param words words of a pixel
/// @param border pixels of zeros on every side
record Plane(int rows, int columns, int words, int border) {
  private static final int WORD = 32;

  /// What a layer reads.
  static Plane of(Window window) {
    int border = window.padding();
    return new Plane(
        window.height() + 2 * border,
        window.width() + 2 * border,
        Math.ceilDiv(window.channels(), WORD),
        border);
  }

  /// Words of one group of chains, lanes counted.
  int size() {
    return rows * columns * words * LANES;
  }

  /// The first word of a pixel of the image.
  int at(int row, int column) {
    return ((row + border) * columns + column + border) * words * LANES;
  }

  /// From the pixel that a window's upper left corner reads to each word that the window reads.
  int[] taps(Window window) {
    int[] taps = new int[window.kernelHeight() * window.kernelWidth() * words];
    int at = 0;
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      for (int kx = 0; kx < window.kernelWidth(); kx++) {
        for (int word = 0; word < words; word++) {
          taps[at++] = ((ky * columns + kx) * words + word) * LANES;
        }
      }
    }
    return taps;
  }

  /// The codes of a window's outputs in the order of [#taps], 32 a word, zeros where a word has no
  /// channel.
  short[][] weights(IntegerLayer layer) {
    Window window = layer.window();
    int taps = window.kernelHeight() * window.kernelWidth();
    short[][] weights = new short[window.outputs()][taps * words * WORD];
    for (int o = 0; o < weights.length; o++) {
      for (int tap = 0; tap < taps; tap++) {
        for (int c = 0; c < window.channels(); c++) {
          int code =
              layer.code(
                  o, window.weight(c, tap / window.kernelWidth(), tap % window.kernelWidth()));
          weights[o][tap * words * WORD + c] = (short) code;
        }
      }
    }
    return weights;
  }
}
