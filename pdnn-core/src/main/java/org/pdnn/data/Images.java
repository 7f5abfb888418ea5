package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.files.Sha256;
import org.pdnn.names.Limits;
import org.pdnn.network.Shape;

/// Labelled images of one shape, held as bytes; immutable.
///
/// A pixel of value v reads as v / 255, in [0, 1], and pixels are in row-major (channels, height,
/// width) order, as PyTorch lays them out; [#normalised] and [#channelsLast] are views of the same
/// bytes that read otherwise.
public final class Images {
  private final String name;
  private final Shape stored;
  private final PixelView view;
  private final List<String> classNames;

  /// One array an image, so that no set is too large for one array and slices share their pixels.
  private final byte[][] pixels;

  private final int[] labels;
  private volatile @Nullable String sha256;

  private Images(
      String name,
      Shape stored,
      PixelView view,
      List<String> classNames,
      byte[][] pixels,
      int[] labels) {
    this.name = name;
    this.stored = stored;
    this.view = view;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.labels = labels;
    check();
  }

  /// Takes the arrays without copying them: for readers of this package, which keep no reference.
  Images(String name, Shape shape, List<String> classNames, byte[][] pixels, int[] labels) {
    this(name, shape, PixelView.STORED, classNames, pixels, labels);
  }

  /// Images from bytes; the arrays are copied.
  ///
  /// @param name what the set is called in messages and results
  /// @param shape (channels, height, width)
  /// @param classNames what the classes are called, at least one, all different
  /// @param pixels one array an image, each of `shape.size()` bytes
  /// @param labels the class of each image, an index of `classNames`
  /// @throws IllegalArgumentException if anything does not fit
  public static Images of(
      String name, Shape shape, List<String> classNames, byte[][] pixels, int[] labels) {
    byte[][] copies = Arrays.stream(pixels).map(byte[]::clone).toArray(byte[][]::new);
    return new Images(name, shape, classNames, copies, labels.clone());
  }

  /// Images whose classes have no names but their numbers.
  ///
  /// @param classes number of classes, at least 1
  public static Images of(String name, Shape shape, int classes, byte[][] pixels, int[] labels) {
    return of(name, shape, numbered(classes), pixels, labels);
  }

  /// The names `0`, `1`, ... of classes that a set gives no others.
  static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  private void check() {
    if (stored.rank() != 3) {
      throw new IllegalArgumentException(
          "the shape of images is (channels, height, width), got " + stored);
    }
    int classes = classNames.size();
    Limits.atLeast("classes", 1, classes);
    if (Set.copyOf(classNames).size() < classes) {
      throw new IllegalArgumentException("classes must have different names, got " + classNames);
    }
    if (pixels.length != labels.length) {
      throw new IllegalArgumentException(
          "%s has %s images but %s labels".formatted(name, pixels.length, labels.length));
    }
    int size = stored.size();
    for (int index = 0; index < pixels.length; index++) {
      if (pixels[index].length != size) {
        throw new IllegalArgumentException(
            "image %s of %s must have %s values (%s), got %s"
                .formatted(index, name, size, stored, pixels[index].length));
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

  /// (channels, height, width); (height, width, channels) of [#channelsLast].
  public Shape shape() {
    return view.shape(stored);
  }

  /// Number of classes.
  public int classes() {
    return classNames.size();
  }

  /// What the classes are called, by label; their numbers where the set names none.
  public List<String> classNames() {
    return classNames;
  }

  /// Number of images.
  public int count() {
    return pixels.length;
  }

  /// The class of an image, in [0, classes).
  public int label(int index) {
    return labels[index];
  }

  /// Writes the pixels of an image, each in [0, 1] unless they are [#normalised], to
  /// `shape().size()` places from `offset` on.
  public void read(int index, float[] target, int offset) {
    read(index, false, target, offset);
  }

  /// Like [#read], with left and right exchanged.
  public void readMirrored(int index, float[] target, int offset) {
    read(index, true, target, offset);
  }

  private void read(int index, boolean mirrored, float[] target, int offset) {
    Objects.checkFromIndexSize(offset, stored.size(), target.length);
    view.read(pixels[index], stored, mirrored, target, offset);
  }

  /// The images `from` to `to - 1`, under the same name; the pixels are shared.
  public Images slice(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    return chosen(IntStream.range(from, to).toArray());
  }

  /// The first `count` images, under the same name; the pixels are shared.
  public Images first(int count) {
    return slice(0, count);
  }

  /// All images, shuffled so that the first k, and the last, hold each class in its share to within
  /// one image, whatever k is; the pixels are shared.
  ///
  /// [#some] is how n images of a set are chosen everywhere.
  public Images stratified(long seed) {
    return chosen(Stratified.order(labels, classes(), seed));
  }

  /// `count` of the images with each class in its share: all in their order if that is how many
  /// there are, else the first of [#stratified].
  ///
  /// @throws IllegalArgumentException if there are fewer
  public Images some(int count, long seed) {
    if (count < 0 || count > count()) {
      throw new IllegalArgumentException(
          "%s has %s images, got %s to choose".formatted(name, count(), count));
    }
    return count == count() ? this : stratified(seed).slice(0, count);
  }

  /// As many as [#some], or all of them if there are fewer.
  public Images atMost(int count, long seed) {
    return some(Math.min(count, count()), seed);
  }

  /// These images and then the others, under this set's name; the pixels are shared.
  ///
  /// @throws IllegalArgumentException if shapes, views or classes differ
  public Images and(Images others) {
    if (!stored.equals(others.stored)
        || view != others.view
        || !classNames.equals(others.classNames)) {
      throw new IllegalArgumentException("%s and %s are not alike".formatted(this, others));
    }
    byte[][] all = Arrays.copyOf(pixels, count() + others.count());
    System.arraycopy(others.pixels, 0, all, count(), others.count());
    int[] classes = Arrays.copyOf(labels, all.length);
    System.arraycopy(others.labels, 0, classes, count(), others.count());
    return new Images(name, stored, view, classNames, all, classes);
  }

  /// The same images, their classes numbered by another list of names; the pixels are shared.
  ///
  /// @param names holds the names of all classes of these images
  /// @throws IllegalArgumentException if one is missing
  public Images numberedBy(List<String> names) {
    int[] numbers =
        classNames.stream()
            .mapToInt(each -> {
              int number = names.indexOf(each);
              if (number < 0) {
                throw new IllegalArgumentException(
                    "there is no class '%s' in %s".formatted(each, names));
              }
              return number;
            })
            .toArray();
    int[] numbered = Arrays.stream(labels).map(label -> numbers[label]).toArray();
    return new Images(name, stored, view, names, pixels, numbered);
  }

  private Images chosen(int[] indices) {
    return new Images(
        name,
        stored,
        view,
        classNames,
        Arrays.stream(indices).mapToObj(index -> pixels[index]).toArray(byte[][]::new),
        Arrays.stream(indices).map(index -> labels[index]).toArray());
  }

  /// The same images, read as (v / 255 - mean) / std, by channel.
  ///
  /// @param mean one number for each channel; what PyTorch calls `Normalize(mean, std)`
  /// @param std likewise, above 0
  /// @throws IllegalArgumentException if the numbers are not one for each channel, or not finite
  public Images normalised(float[] mean, float[] std) {
    return viewed(view.normalised(stored.dimension(0), mean, std));
  }

  /// The same images, read as (height, width, channels), as Keras lays them out.
  public Images channelsLast() {
    return viewed(view.withChannelsLast());
  }

  private Images viewed(PixelView other) {
    return new Images(name, stored, other, classNames, pixels, labels);
  }

  /// Hash of shape, number of classes, labels and pixels as stored (not of names, nor of the view),
  /// as 64 hexadecimal digits.
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
    digest.update((stored + " " + classes() + " " + count() + "\n").getBytes(US_ASCII));
    ByteBuffer label = ByteBuffer.allocate(Integer.BYTES);
    for (int index = 0; index < pixels.length; index++) {
      digest.update(label.putInt(0, labels[index]).array());
      digest.update(pixels[index]);
    }
    return Sha256.hex(digest);
  }

  /// As in `mnist test: 10000 images 1x28x28, 10 classes`.
  @Override
  public String toString() {
    return "%s: %s images %s, %s classes".formatted(name, count(), shape(), classes());
  }
}
