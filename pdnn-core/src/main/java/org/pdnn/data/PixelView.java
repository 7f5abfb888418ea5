package org.pdnn.data;

import java.util.Arrays;
import org.pdnn.names.Counted;
import org.pdnn.network.Shape;

/// How stored bytes become a network's input: what each byte of a channel reads as, and whether the
/// channels lie first, as stored, or last.
final class PixelView {
  /// Bytes v as v / 255, channels first.
  static final PixelView STORED = new PixelView(new float[][] {table(0, 1)}, false);

  /// What the bytes 0 to 255 read as, by channel; one table alone serves all channels.
  private final float[][] tables;

  private final boolean channelsLast;

  private PixelView(float[][] tables, boolean channelsLast) {
    this.tables = tables;
    this.channelsLast = channelsLast;
  }

  /// (v / 255 - mean) / std, rounded as PyTorch rounds it.
  private static float[] table(float mean, float std) {
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (value / 255f - mean) / std;
    }
    return table;
  }

  PixelView normalised(int channels, float[] mean, float[] std) {
    if (mean.length != channels || std.length != channels) {
      throw new IllegalArgumentException(
          "the images have %s, mean %s and std %s; give one number for each channel"
              .formatted(
                  Counted.of(channels, "channel"), Counted.of(mean.length, "number"), std.length));
    }
    float[][] normalised = new float[channels][];
    for (int channel = 0; channel < channels; channel++) {
      normalised[channel] = table(mean[channel], std[channel]);
      for (float end : new float[] {normalised[channel][0], normalised[channel][255]}) {
        if (!(std[channel] > 0) || !Float.isFinite(end)) {
          throw new IllegalArgumentException(
              "mean must be finite and std above 0, got %s and %s"
                  .formatted(Arrays.toString(mean), Arrays.toString(std)));
        }
      }
    }
    return new PixelView(normalised, channelsLast);
  }

  PixelView withChannelsLast() {
    return new PixelView(tables, true);
  }

  /// @param stored (channels, height, width)
  Shape shape(Shape stored) {
    return channelsLast
        ? Shape.of(stored.dimension(1), stored.dimension(2), stored.dimension(0))
        : stored;
  }

  /// Writes an image to `target` from `offset` on.
  ///
  /// @param image row-major in the shape `stored`
  /// @param mirrored left and right exchanged
  void read(byte[] image, Shape stored, boolean mirrored, float[] target, int offset) {
    int channels = stored.dimension(0);
    int height = stored.dimension(1);
    int width = stored.dimension(2);
    int step = channelsLast ? channels : 1;
    int from = 0;
    for (int channel = 0; channel < channels; channel++) {
      float[] table = tables[tables.length == 1 ? 0 : channel];
      for (int row = 0; row < height; row++, from += width) {
        int to = offset + (channelsLast ? row * width * channels + channel : from);
        for (int column = 0; column < width; column++) {
          int place = mirrored ? width - 1 - column : column;
          target[to + place * step] = table[image[from + column] & 0xFF];
        }
      }
    }
  }
}
