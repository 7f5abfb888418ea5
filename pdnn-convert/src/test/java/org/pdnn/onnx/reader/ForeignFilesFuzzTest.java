package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that other exporters wrote (Debian: libonnx-testdata), damaged in their wire format: each
/// is read or refused in one sentence, within 5 seconds and a bounded memory.
///
/// `-Dpdnn.fuzz=20000` asks for more cases than a build has time for.
class ForeignFilesFuzzTest {
  private static final int CASES = Integer.getInteger("pdnn.fuzz", 600);
  private static final long LONGEST_MILLISECONDS = 5000;
  private static final long MOST_BYTES = 1L << 28;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /// A field of a message: where it begins, where its content does, and where it ends.
  private record Field(int start, int content, int end) {}

  @Test
  void aDamagedFileIsReadOrRefused() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(PublishedModelsTest.FOLDER),
        "libonnx-testdata is not installed: damage to it untested");
    List<byte[]> all = new ArrayList<>();
    List<byte[]> sound = new ArrayList<>();
    try (Stream<Path> found = Files.walk(PublishedModelsTest.FOLDER)) {
      for (Path file : found.filter(file -> file.endsWith("model.onnx")).sorted().toList()) {
        byte[] model = PublishedModelsTest.withWeightsInside(file);
        all.add(model);
        if (reads(Files.write(folder.resolve("model.onnx"), model), -1)) {
          sound.add(model);
        }
      }
    }
    Random random = new Random(20);
    int read = 0;
    long slowest = 0;
    long greatest = 0;
    for (int i = 0; i < CASES; i++) {
      List<byte[]> some = random.nextInt(4) == 0 ? all : sound;
      byte[] model = some.get(random.nextInt(some.size())).clone();
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        model = damaged(model, all, random);
      }
      Path file = Files.write(folder.resolve("model.onnx"), model);
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      read += reads(file, i) ? 1 : 0;
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
      greatest = Math.max(greatest, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
    String summary =
        "%d cases, %d read, the slowest in %d ms, the greatest with %d MiB"
            .formatted(CASES, read, slowest, greatest >> 20);
    System.out.println(summary);
    assertTrue(slowest < LONGEST_MILLISECONDS && greatest < MOST_BYTES, summary);
    assertTrue(read > 0 && read < CASES, summary);
  }

  private static boolean reads(Path file, int number) {
    try {
      return !OnnxModel.read(file).network().layers().isEmpty();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(file.toString()), message);
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.length() < 1000, message);
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("case " + number, e);
    }
  }

  private static byte[] damaged(byte[] model, List<byte[]> others, Random random)
      throws IOException {
    List<Field> fields = new ArrayList<>();
    fields(model, 0, model.length, 0, fields);
    if (fields.isEmpty()) {
      return others.get(random.nextInt(others.size())).clone();
    }
    Field field = fields.get(random.nextInt(fields.size()));
    byte[] whole = Arrays.copyOfRange(model, field.start(), field.end());
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(model, random.nextInt(model.length));
      case 1 -> {
        model[random.nextInt(model.length)] ^= (byte) (1 << random.nextInt(8));
        yield model;
      }
      // A length that lies: the first byte after the tag.
      case 2 -> {
        model[Math.min(field.start() + 1, model.length - 1)] = (byte) random.nextInt(256);
        yield model;
      }
      case 3 -> replaced(model, field.start(), field.end(), new byte[0]);
      case 4 -> replaced(model, field.start(), field.start(), repeated(whole, random.nextInt(50)));
      case 5 -> replaced(model, field.content(), field.end(), extremes(random));
      case 6 -> replaced(model, field.start(), field.start(), unknown(random));
      case 7 -> replaced(model, field.start(), field.end(), nested(whole, random.nextInt(100)));
      case 8 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        List<Field> foreign = new ArrayList<>();
        fields(other, 0, other.length, 0, foreign);
        Field one = foreign.get(random.nextInt(foreign.size()));
        yield replaced(
            model, field.start(), field.end(), Arrays.copyOfRange(other, one.start(), one.end()));
      }
      default -> {
        for (int at = field.content(); at < field.end(); at++) {
          model[at] = (byte) random.nextInt(256);
        }
        yield model;
      }
    };
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] all = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }

  private static byte[] repeated(byte[] field, int times) {
    byte[] all = new byte[field.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = field[i % field.length];
    }
    return all;
  }

  /// A number that is absurd as an extent, a type, a version or a pad.
  private static byte[] extremes(Random random) throws IOException {
    long[] numbers = {0, -1, 1, 7, 65_536, 1 << 28, Integer.MAX_VALUE, 1L << 40, Long.MIN_VALUE};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt64NoTag(numbers[random.nextInt(numbers.length)]);
    out.flush();
    return bytes.toByteArray();
  }

  /// Fields that no message of ONNX has, of every wire type, some of them large.
  private static byte[] unknown(Random random) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    int number = 900 + random.nextInt(100);
    for (int count = random.nextInt(20_000); count >= 0; count--) {
      switch (random.nextInt(3)) {
        case 0 -> out.writeFixed64(number, count);
        case 1 -> out.writeFixed32(number, count);
        default -> out.writeUInt64(number, -count);
      }
    }
    out.writeByteArray(number, new byte[random.nextInt(1 << 18)]);
    out.flush();
    return bytes.toByteArray();
  }

  /// The field within itself, again and again.
  private static byte[] nested(byte[] field, int depth) throws IOException {
    byte[] inner = field;
    for (int level = 0; level < depth; level++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeByteArray(field[0] >> 3 & 15, inner);
      out.flush();
      inner = bytes.toByteArray();
    }
    return inner;
  }

  /// All fields of a message and of those within, as far as they are sound.
  private static void fields(byte[] bytes, int from, int to, int depth, List<Field> found) {
    int at = from;
    while (at < to && depth < 8) {
      int start = at;
      int wire = bytes[at] & 7;
      while (at < to && bytes[at] < 0) {
        at++;
      }
      int content = ++at;
      if (wire == 2) {
        long length = 0;
        for (int shift = 0; at < to && shift < 32; shift += 7) {
          length |= (long) (bytes[at] & 0x7F) << shift;
          if (bytes[at++] >= 0) {
            break;
          }
        }
        content = at;
        if (length > to - at) {
          return;
        }
        at += (int) length;
      } else if (wire == 0) {
        while (at < to && bytes[at] < 0) {
          at++;
        }
        at++;
      } else {
        at += wire == 1 ? Long.BYTES : Integer.BYTES;
      }
      if (at > to || (wire != 0 && wire != 1 && wire != 2 && wire != 5)) {
        return;
      }
      found.add(new Field(start, content, at));
      if (wire == 2) {
        fields(bytes, content, at, depth + 1, found);
      }
    }
  }
}
