package org.pdnn.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// The published formats with a handful of images.
final class SmallSets {
  private SmallSets() {}

  /// An IDX file of images whose byte i is i mod 256.
  static byte[] idxImages(int count, int height, int width) {
    return idx(new int[] {2051, count, height, width}, ramp(count * height * width));
  }

  static byte[] idxLabels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return idx(new int[] {2049, labels.length}, bytes);
  }

  /// The four files of a set of 2x2 images.
  ///
  /// @param dot what lies between `images` and `idx3`
  static Map<String, byte[]> idxSet(String prefix, String dot, int[] training, int[] test) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map.of("train", training, "t10k", test)
        .forEach((part, labels) -> {
          files.put(
              "%s%s-images%sidx3-ubyte".formatted(prefix, part, dot),
              idxImages(labels.length, 2, 2));
          files.put("%s%s-labels%sidx1-ubyte".formatted(prefix, part, dot), idxLabels(labels));
        });
    return files;
  }

  static byte[] idx(int[] header, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (int value : header) {
        out.writeInt(value);
      }
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] ramp(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A CIFAR batch with one record a label; the pixels of a record are 0, 1, ... 255, 0, ...
  static byte[] cifarBatch(int... labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int label : labels) {
      bytes.write(label);
      bytes.writeBytes(ramp(3072));
    }
    return bytes.toByteArray();
  }

  /// A CIFAR-100 file of records labelled (coarse, fine).
  static byte[] cifar100(int[][] labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int[] pair : labels) {
      bytes.write(pair[0]);
      bytes.write(pair[1]);
      bytes.writeBytes(ramp(3072));
    }
    return bytes.toByteArray();
  }

  /// Five training batches labelled 1 to 5, two records each.
  static Map<String, byte[]> cifarTraining() {
    Map<String, byte[]> batches = new LinkedHashMap<>();
    for (int batch = 1; batch <= 5; batch++) {
      batches.put("data_batch_" + batch + ".bin", cifarBatch(batch, batch));
    }
    return batches;
  }

  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
