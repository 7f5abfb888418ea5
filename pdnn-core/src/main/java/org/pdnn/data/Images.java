package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pdnn.network.Shape;

/// Labelled images of one shape, held as bytes; immutable.
///
/// A pixel of value v reads as v / 255, in [0, 1]. Pixels are in row-major (channels, height,
/// width) order, as PyTorch lays them out.
public final class Images {
  private static final float[] UNIT = new float[256];

  static {
    for (int value = 0; value < UNIT.length; value++) {
      UNIT[value] = value / 255f;
    }
  }

  private final String name;
  private final Shape shape;
  private final int classes;

  /// One array an image, so that no set is too large for one array and slices share their pixels.
  private final byte[][] pixels;

  private final int[] labels;
  private volatile @Nullable String sha256;

  /// Takes the arrays without copying them: for readers of this package, which keep no reference.
  Images(String name, Shape shape, int classes, byte[][] pixels, int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    check();
  }

  /// Images from bytes; the arrays are copied.
  ///
  /// @param name what the set is called in messages and results
  /// @param shape (channels, height, width)
  /// @param classes number of classes, at least 1
  /// @param pixels one array an image, each of `shape.size()` bytes
  /// @param labels the class of each image, in [0, classes)
  /// @throws IllegalArgumentException if anything does not fit
  public static Images of(String name, Shape shape, int classes, byte[][] pixels, int[] labels) {
    byte[][] copies = Arrays.stream(pixels).map(byte[]::clone).toArray(byte[][]::new);
    return new Images(name, shape, classes, copies, labels.clone());
  }

  private void check() {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "the shape of images is (channels, height, width), got " + shape);
    }
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
    if (pixels.length != labels.length) {
      throw new IllegalArgumentException(
          "%s has %s images but %s labels".formatted(name, pixels.length, labels.length));
    }
    int size = shape.size();
    for (int index = 0; index < pixels.length; index++) {
      if (pixels[index].length != size) {
        throw new IllegalArgumentException(
            "image %s of %s must have %s values (%s), got %s"
                .formatted(index, name, size, shape, pixels[index].length));
      }
      if (labels[index] < 0 || labels[index] >= classes) {
        throw new IllegalArgumentException(
            "label %s of %s must be in [0, %s), got %s"
                .formatted(index, name, classes, labels[index]));
      }
    }
  }

  /// What the set is called.
  public String name() {
    return name;
  }

  /// (channels, height, width).
  public Shape shape() {
    return shape;
  }

  /// Number of classes.
  public int classes() {
    return classes;
  }

  /// Number of images.
  public int count() {
    return pixels.length;
  }

  /// The class of an image, in [0, classes).
  public int label(int index) {
    return labels[index];
  }

  /// Writes the pixels of an image, each in [0, 1], to `shape().size()` places from `offset` on.
  public void read(int index, float[] target, int offset) {
    byte[] image = pixels[index];
    Objects.checkFromIndexSize(offset, image.length, target.length);
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = UNIT[image[i] & 0xFF];
    }
  }

  /// The images `from` to `to - 1`, under the same name; the pixels are shared.
  public Images slice(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    return new Images(
        name,
        shape,
        classes,
        Arrays.copyOfRange(pixels, from, to),
        Arrays.copyOfRange(labels, from, to));
  }

  /// Hash of shape, classes, labels and pixels (not of the name), as 64 hexadecimal digits.
  public String sha256() {
    String known = sha256;
    if (known == null) {
      known = hash();
      sha256 = known;
    }
    return known;
  }

  private String hash() {
    MessageDigest digest = Sha256.digest();
    digest.update((shape + " " + classes + " " + count() + "\n").getBytes(US_ASCII));
    ByteBuffer label = ByteBuffer.allocate(Integer.BYTES);
    for (int index = 0; index < pixels.length; index++) {
      digest.update(label.putInt(0, labels[index]).array());
      digest.update(pixels[index]);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// As in `mnist test: 10000 images 1x28x28, 10 classes`.
  @Override
  public String toString() {
    return "%s: %s images %s, %s classes".formatted(name, count(), shape, classes);
  }
}
