package org.pdnn.statedict;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.pdnn.names.Printable;
import org.pdnn.network.ElementType;
import org.pdnn.network.FileKind;
import org.pdnn.network.LeftAside;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// A zip archive of NumPy's arrays, one an entry, as `numpy.savez` writes it.
///
/// Nothing is written anywhere, so an entry's name is a name and no path. No more of an entry is
/// unpacked than its header announces, and what it announces is charged to a budget first.
final class Npz {
  private static final String ENDING = ".npy";
  private static final int MOST_ENTRIES = 10_000;
  private static final int CHUNK = 1 << 16;

  /// Bytes of all tensors together.
  private static final long LARGEST = 1L << 31;

  /// Trained weights hardly pack; what unpacks to more than this and a hundredfold of the file is
  /// taken for a bomb.
  private static final long HARMLESS = 1L << 26;

  private static final int MOST_A_BYTE = 100;
  private static final String AGAIN = "; write or copy it again";

  private final Path file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<LeftAside> otherArrays = new ArrayList<>();
  private final List<String> otherEntries = new ArrayList<>();
  private long budget;

  private Npz(Path file, long size) {
    this.file = file;
    budget = Math.min(LARGEST, HARMLESS + size * MOST_A_BYTE);
  }

  static StateDict read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new IOException(file + " is larger than 2 GiB, more than is read here");
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Npz(file, size).read(zip, size);
    } catch (ZipException | EOFException e) {
      throw unsound(file, "the archive is damaged (%s)%s".formatted(reason(e), AGAIN), e);
    } catch (IllegalArgumentException e) {
      throw unsound(file, reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return Printable.of(String.valueOf(e.getMessage()), 300);
  }

  private static IOException unsound(Path file, String fault, Exception cause) {
    return new IOException("%s is not a sound .npz file: %s".formatted(file, fault), cause);
  }

  private StateDict read(ZipFile zip, long size) throws IOException {
    if (zip.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "it has %s entries, more than %s".formatted(zip.size(), MOST_ENTRIES));
    }
    List<? extends ZipEntry> entries = Collections.list(zip.entries());
    long packed = 0;
    for (ZipEntry entry : entries) {
      packed += Math.max(0, entry.getCompressedSize());
      if (entry.getName().endsWith(".pkl")) {
        throw FileKind.PICKLE.refusal(file);
      }
      if (entry.getName().endsWith(".h5")) {
        throw FileKind.HDF5.refusal(file);
      }
    }
    if (packed > size) {
      throw new IllegalArgumentException("its entries overlap" + AGAIN);
    }
    for (ZipEntry entry : entries) {
      if (entry.getName().endsWith(ENDING)) {
        read(zip, entry);
      } else if (!entry.isDirectory()) {
        otherEntries.add(entry.getName());
      }
    }
    return new StateDict(
        file, tensors, otherArrays, StateDict.leftAside(otherEntries, "are no arrays"));
  }

  private void read(ZipFile zip, ZipEntry entry) throws IOException {
    String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
    String label = "array '%s'".formatted(Printable.of(name));
    if (!names.add(name)) {
      throw new IllegalArgumentException(label + " is there twice" + AGAIN);
    }
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
      NpyHeader header = NpyHeader.read(in);
      LeftAside array = new LeftAside(name, header.type(), header.extents());
      if (!array.real() || header.extents().isEmpty() || header.extents().contains(0)) {
        otherArrays.add(array);
        return;
      }
      ElementType type = ElementType.valueOf(header.type());
      Shape shape = new Shape(header.extents());
      charge(shape, (long) shape.size() * type.bytes() <= entry.getSize());
      Tensor tensor = tensor(in, type, header, shape);
      if (in.read() >= 0) {
        throw new IllegalArgumentException("goes on after its last element" + AGAIN);
      }
      if (sum.getValue() != entry.getCrc()) {
        throw new IllegalArgumentException(
            "does not have the checksum that the archive states" + AGAIN);
      }
      tensors.put(name, tensor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(label + " " + e.getMessage(), e);
    } catch (ZipException | EOFException e) {
      throw new IllegalArgumentException(
          "%s cannot be unpacked (%s)%s".formatted(label, e.getMessage(), AGAIN), e);
    }
  }

  /// Takes a tensor's memory from the budget.
  ///
  /// @param told whether the archive tells as many bytes as the elements need
  private void charge(Shape shape, boolean told) {
    long bytes = (long) shape.size() * Float.BYTES;
    if (bytes > budget) {
      throw new IllegalArgumentException(
          "of shape %s would unpack to more than a file of this size may hold".formatted(shape));
    }
    if (!told) {
      throw new IllegalArgumentException(
          "of shape %s has more elements than bytes for them%s".formatted(shape, AGAIN));
    }
    budget -= bytes;
  }

  private static Tensor tensor(InputStream in, ElementType type, NpyHeader header, Shape shape)
      throws IOException {
    float[] values = values(in, type, header, shape.size());
    try {
      if (!header.columns()) {
        return new Tensor(shape, values);
      }
      int[] reversed = Axes.reversed(shape.rank());
      return new Tensor(shape, Axes.permuted(values, Axes.permuted(shape, reversed), reversed));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("of shape %s: %s".formatted(shape, e.getMessage()), e);
    }
  }

  private static float[] values(InputStream in, ElementType type, NpyHeader header, int count)
      throws IOException {
    float[] values = new float[count];
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * type.bytes())];
    ByteBuffer buffer = ByteBuffer.wrap(chunk).order(header.order());
    int read = 0;
    while (read < count) {
      int wanted = (int) Math.min(chunk.length, (long) (count - read) * type.bytes());
      int got = in.readNBytes(chunk, 0, wanted);
      if (got < wanted) {
        throw new IllegalArgumentException(
            "ends after %s of %s elements%s".formatted(read + got / type.bytes(), count, AGAIN));
      }
      for (int at = 0; at < got; at += type.bytes()) {
        values[read++] = type.get(buffer, at);
      }
    }
    return values;
  }
}
