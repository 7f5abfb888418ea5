package org.pdnn.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads wanted files out of a tar archive, packed with gzip or not, into memory.
final class Tar {
  /// What may lie between two files: headers and long names.
  private static final long MOST_HEADER = 1 << 16;

  /// An archive with more files is taken for an attack.
  private static final int MOST_FILES = 100;

  private Tar() {}

  /// The wanted files by their names without folders; the first of a name counts.
  ///
  /// @param wanted which names to read; other files are passed over
  /// @param most largest size of a file in the archive, in bytes
  /// @throws IOException if the archive is damaged, or holds a file above `most`
  static Map<String, byte[]> read(Path archive, Predicate<String> wanted, int most)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Unpacked unpacked = Unpacked.open(archive)) {
      Allowance allowance = new Allowance(unpacked.stream());
      TarArchiveInputStream tar = new TarArchiveInputStream(allowance, US_ASCII.name());
      allowance.grant(MOST_HEADER);
      TarArchiveEntry entry;
      for (int count = 0; (entry = tar.getNextEntry()) != null; count++) {
        if (count == MOST_FILES || entry.getSize() > most) {
          throw new IOException(
              "it holds more than %s files or one above %s bytes".formatted(MOST_FILES, most));
        }
        allowance.grant(entry.getSize() + MOST_HEADER);
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && !entry.isSparse() && wanted.test(name) && !files.containsKey(name)) {
          files.put(name, content(tar, entry));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Commons Compress answers some malformed headers with unchecked exceptions.
      throw Unpacked.damaged(
          archive, "cannot be read as a tar archive (" + Unpacked.reason(e) + ")", e);
    }
    return files;
  }

  private static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    byte[] bytes = tar.readNBytes((int) entry.getSize());
    if (bytes.length < entry.getSize()) {
      throw new IOException(
          "%s ends %s bytes too early".formatted(entry.getName(), entry.getSize() - bytes.length));
    }
    return bytes;
  }

  /// A stream of which only as much can be read as was granted.
  ///
  /// The tar reader gathers long names and extended headers in memory, however long they claim to
  /// be; a small packed file can claim gigabytes.
  private static final class Allowance extends FilterInputStream {
    private long left;

    Allowance(InputStream in) {
      super(in);
    }

    void grant(long bytes) {
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      spend(1);
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, (int) Math.min(length, Math.max(left, 1)));
      spend(Math.max(read, 0));
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, Math.max(left, 1)));
      spend(skipped);
      return skipped;
    }

    private void spend(long bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("a header is longer than " + MOST_HEADER + " bytes");
      }
    }
  }
}
