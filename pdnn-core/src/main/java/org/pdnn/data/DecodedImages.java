package org.pdnn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.data.ImageFolder.Entry;
import org.pdnn.data.ImageFolder.Part;
import org.pdnn.network.Shape;

/// Image files decoded into a set: all of one size, grey only if every one is grey.
///
/// @param folder the set's folder, for messages
/// @param entries the images; those for validation are passed over
record DecodedImages(String name, Path folder, List<String> classes, List<Entry> entries) {
  /// The seed of the order in which the images of a folder lie.
  private static final long ORDER = 0;

  DecodedImages {
    entries = entries.stream().filter(entry -> entry.part() != Part.VALIDATION).toList();
  }

  /// Decodes the files, in parallel.
  ///
  /// @param ordered whether the order of the entries is the set's own
  /// @param remarks what the set's note shall say
  /// @throws IOException if a part is empty, a file cannot be decoded, or sizes differ
  DataSet read(boolean ordered, List<String> remarks, MemoryBudget budget) throws IOException {
    if (entries.isEmpty()) {
      throw lacks("");
    }
    Decoded first = PictureFile.read(entries.getFirst().file()).pixels();
    int size = first.height() * first.width();
    budget.take(folder, entries.size(), (long) size * (first.grey() ? 1 : 3));
    PictureFile[] pictures = decode(first);
    int channels = Arrays.stream(pictures).allMatch(picture -> picture.pixels().grey()) ? 1 : 3;
    if (first.grey() && channels == 3) {
      budget.take(folder, entries.size(), 2L * size);
    }
    boolean[] test =
        HoldOut.test(
            entries,
            Arrays.stream(pictures).mapToLong(PictureFile::digest).toArray(),
            classes.size());
    Shape shape = Shape.of(channels, first.height(), first.width());
    Images training = images(" training", shape, pictures, test, false);
    Images testing = images(" test", shape, pictures, test, true);
    return new DataSet(
        name,
        ordered ? training : training.stratified(ORDER),
        ordered ? testing : testing.stratified(ORDER),
        String.join(" ", notes(remarks, testing)),
        heldOut());
  }

  private boolean heldOut() {
    return entries.stream().anyMatch(entry -> entry.part() == Part.EITHER);
  }

  private List<String> notes(List<String> remarks, Images testing) {
    List<String> notes = new ArrayList<>();
    if (heldOut()) {
      notes.add(HoldOut.NOTE);
    }
    notes.addAll(remarks);
    notes.addAll(Absent.notes("test", testing));
    return notes;
  }

  private PictureFile[] decode(Decoded first) throws IOException {
    try {
      return entries.parallelStream()
          .map(entry -> decode(entry, first))
          .toArray(PictureFile[]::new);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private PictureFile decode(Entry entry, Decoded first) {
    try {
      PictureFile picture = PictureFile.read(entry.file());
      Decoded pixels = picture.pixels();
      if (pixels.height() != first.height() || pixels.width() != first.width()) {
        throw new IOException(
            "%s has %sx%s pixels but %s has %sx%s; scale all images to one size"
                .formatted(
                    entry.file(),
                    pixels.width(),
                    pixels.height(),
                    entries.getFirst().file(),
                    first.width(),
                    first.height()));
      }
      return picture;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Images images(
      String part, Shape shape, PictureFile[] pictures, boolean[] tests, boolean test)
      throws IOException {
    int[] chosen = IntStream.range(0, tests.length).filter(i -> tests[i] == test).toArray();
    if (chosen.length == 0) {
      throw lacks(part);
    }
    byte[][] pixels =
        Arrays.stream(chosen)
            .mapToObj(i -> pictures[i].pixels().planes(shape.dimension(0)))
            .toArray(byte[][]::new);
    int[] labels = Arrays.stream(chosen).map(i -> entries.get(i).label()).toArray();
    return new Images(name + part, shape, classes, pixels, labels);
  }

  private IOException lacks(String part) {
    return new IOException(
        "%s holds no%s images; add images, or the folders train and test with one folder for each class"
            .formatted(folder, part));
  }
}
