package org.pdnn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.data.ImageFolder.Entry;
import org.pdnn.network.Shape;

/// Image files decoded into a set: all of one size, grey only if every one is grey.
final class DecodedImages {
  private DecodedImages() {}

  /// Decodes the files, in parallel; the images lie in the order of the entries.
  ///
  /// @param folder the set's folder, for messages
  /// @throws IOException if a part is empty, a file cannot be decoded, or sizes differ
  static DataSet read(
      String name, Path folder, List<Entry> entries, List<String> classes, String note)
      throws IOException {
    for (boolean test : new boolean[] {false, true}) {
      if (entries.stream().noneMatch(entry -> entry.test() == test)) {
        throw new IOException(
            ("%s holds no %s images; add images,"
                    + " or the folders train and test with a folder a class in each")
                .formatted(folder, test ? "test" : "training"));
      }
    }
    List<Decoded> decoded = decode(entries);
    Decoded first = decoded.getFirst();
    for (int i = 0; i < decoded.size(); i++) {
      Decoded other = decoded.get(i);
      if (other.height() != first.height() || other.width() != first.width()) {
        throw new IOException(
            "%s has %dx%s pixels but %s has %dx%s; scale all images to one size"
                .formatted(
                    entries.get(i).file(),
                    other.width(),
                    other.height(),
                    entries.getFirst().file(),
                    first.width(),
                    first.height()));
      }
    }
    int channels = decoded.stream().allMatch(Decoded::grey) ? 1 : 3;
    Shape shape = Shape.of(channels, first.height(), first.width());
    return new DataSet(
        name,
        images(name + " training", shape, classes, entries, decoded, false),
        images(name + " test", shape, classes, entries, decoded, true),
        note);
  }

  private static List<Decoded> decode(List<Entry> entries) throws IOException {
    try {
      return entries.parallelStream().map(DecodedImages::decode).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Decoded decode(Entry entry) {
    try {
      return Decoded.read(entry.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Images images(
      String name,
      Shape shape,
      List<String> classes,
      List<Entry> entries,
      List<Decoded> decoded,
      boolean test) {
    int[] chosen =
        IntStream.range(0, entries.size()).filter(i -> entries.get(i).test() == test).toArray();
    byte[][] pixels =
        Arrays.stream(chosen)
            .mapToObj(i -> decoded.get(i).planes(shape.dimension(0)))
            .toArray(byte[][]::new);
    int[] labels = Arrays.stream(chosen).map(i -> entries.get(i).label()).toArray();
    return new Images(name, shape, classes, pixels, labels);
  }
}
