package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;

import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.ReceptiveField;

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
  static Plane of(ReceptiveField field) {
    int border = field.padding();
    return new Plane(
        field.height() + 2 * border,
        field.width() + 2 * border,
        Math.ceilDiv(field.channels(), WORD),
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

  /// From the pixel that a field's upper left corner reads to each word that the field reads.
  int[] taps(ReceptiveField field) {
    int[] taps = new int[field.kernelHeight() * field.kernelWidth() * words];
    int at = 0;
    for (int ky = 0; ky < field.kernelHeight(); ky++) {
      for (int kx = 0; kx < field.kernelWidth(); kx++) {
        for (int word = 0; word < words; word++) {
          taps[at++] = ((ky * columns + kx) * words + word) * LANES;
        }
      }
    }
    return taps;
  }

  /// The codes of a field's outputs in the order of [#taps], 32 a word, zeros where a word has no
  /// channel.
  short[][] weights(IntegerLayer layer) {
    ReceptiveField field = layer.field();
    int taps = field.kernelHeight() * field.kernelWidth();
    short[][] weights = new short[field.outputs()][taps * words * WORD];
    for (int o = 0; o < weights.length; o++) {
      for (int tap = 0; tap < taps; tap++) {
        for (int c = 0; c < field.channels(); c++) {
          int code =
              layer.code(o, field.weight(c, tap / field.kernelWidth(), tap % field.kernelWidth()));
          weights[o][tap * words * WORD + c] = (short) code;
        }
      }
    }
    return weights;
  }
}
