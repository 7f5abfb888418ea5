package org.pdnn.statedict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.Network;

/// Whatever is done to a file, it gives a state dictionary or an IOException of one line, in memory
/// bounded by its size; and whatever it gives is matched or refused so.
class HostileDictTest {
  private static final int CASES = Integer.getInteger("pdnn.fuzz", 2500);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Network NETWORK = Dicts.mlp(2, 3, 2);
  private static final String[] NASTY = {
    "0",
    "-1",
    "1e9",
    "65536",
    "268435456",
    "2147483647",
    "4294967296",
    "18446744073709551616",
    "()",
    "[]",
    "{}",
    "null",
    "'",
    "\"",
    "|O",
    "<f2",
    ">f8",
    "F16",
    "BF16",
    "F64",
    "I64",
    "True",
    "fc1",
    "weight",
    "kernel",
    "bias",
    "\\n",
    "\u0000",
    "\u00ff",
    "mean",
    "ema.",
    "9".repeat(30)
  };

  @TempDir private Path folder;

  /// What the first file of a kind takes, classes and all, is not its own memory.
  @BeforeEach
  void readSoundFiles() throws IOException {
    byte[] one = new SafetensorsFile().with("0.weight", "F32", "[1,1]", 1).inOrder();
    StateDict.read(Files.write(folder.resolve("sound.safetensors"), one));
    byte[] two = new NpzFile().with("0.weight", "(3, 2)", 1, 2, 3, 4, 5, 6).bytes();
    StateDict dict = StateDict.read(Files.write(folder.resolve("sound.npz"), two));
    assertThrows(IOException.class, () -> Matching.of(dict, NETWORK));
  }

  private enum Format {
    SAFETENSORS {
      @Override
      byte[] damaged(Random random) {
        byte[] file =
            new SafetensorsFile()
                .with("fc1.weight", "F32", "[3,2]", 1, 2, 3, 4, 5, 6)
                .with("fc1.bias", "F16", "[3]", 1, 2, 3)
                .with("fc2.weight", "BF16", "[2,3]", 1, 2, 3, 4, 5, 6)
                .with("fc2.bias", "F64", "[2]", 1, 2)
                .with("fc2.num_batches_tracked", "I64", "[]", 7)
                .sorted();
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = Arrays.copyOfRange(file, 8, 8 + length);
        byte[] data = Arrays.copyOfRange(file, 8 + length, file.length);
        return random.nextBoolean()
            ? changed(file, random)
            : SafetensorsFile.withHeader(
                new String(changed(header, random), StandardCharsets.UTF_8),
                random.nextInt(4) == 0 ? changed(data, random) : data);
      }
    },
    /// The archive damaged.
    NPZ {
      @Override
      byte[] damaged(Random random) {
        return changed(npz(random, false), random);
      }
    },
    /// A sound archive of damaged arrays.
    ARRAYS {
      @Override
      byte[] damaged(Random random) {
        return npz(random, true);
      }
    },
    /// Only the directory at the archive's end damaged.
    DIRECTORY {
      @Override
      byte[] damaged(Random random) {
        byte[] file = npz(random, false);
        int start = file.length - 300;
        byte[] end = changed(Arrays.copyOfRange(file, start, file.length), random);
        byte[] all = Arrays.copyOf(file, start + end.length);
        System.arraycopy(end, 0, all, start, end.length);
        return all;
      }
    };

    abstract byte[] damaged(Random random);
  }

  private static byte[] npz(Random random, boolean damaged) {
    NpzFile file = new NpzFile();
    String[] names = {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"};
    String[] shapes = {"(3, 2)", "(3,)", "(2, 3)", "(2,)"};
    int[] sizes = {6, 3, 6, 2};
    for (int i = 0; i < names.length; i++) {
      byte[] array =
          NpzFile.array(
              NpzFile.header("<f4", random.nextBoolean(), shapes[i]),
              NpzFile.floats(new float[sizes[i]]));
      byte[] content = damaged && random.nextInt(3) == 0 ? changed(array, random) : array;
      if (random.nextBoolean()) {
        file.with(names[i] + ".npy", content);
      } else {
        file.stored(names[i] + ".npy", content);
      }
    }
    return file.bytes();
  }

  /// One to four changes: bits, bytes, an end cut off, bytes put in, a nasty text put over others.
  private static byte[] changed(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int edits = random.nextInt(4); edits >= 0 && bytes.length > 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = replaced(bytes, at, at, new byte[1 + random.nextInt(40)]);
        case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          byte[] nasty = NASTY[random.nextInt(NASTY.length)].getBytes(StandardCharsets.ISO_8859_1);
          int end = Math.min(bytes.length, at + random.nextInt(8));
          bytes = replaced(bytes, at, end, nasty);
        }
      }
    }
    return bytes;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    byte[] all = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  @ParameterizedTest
  @EnumSource
  void thousandsOfDamages(Format format) throws IOException {
    Random random = new Random(11);
    Path file = folder.resolve(format + (format == Format.SAFETENSORS ? ".safetensors" : ".npz"));
    int refused = 0;
    int matched = 0;
    for (int i = 0; i < CASES; i++) {
      Files.write(file, format.damaged(random));
      long before = allocated();
      try {
        StateDict dict = StateDict.read(file);
        Matched match = Matching.of(dict, NETWORK);
        assertFalse(match.matches().isEmpty());
        matched++;
      } catch (IOException e) {
        refused++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(file + " "), message);
        assertTrue(message.lines().count() == 1 || message.contains("is a pickle"), message);
        assertTrue(message.length() < 1000, message);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("case %d of %s".formatted(i, format), e);
      }
      assertTrue(allocated() - before < 4 << 20, "case %d of %s".formatted(i, format));
    }
    assertTrue(refused > CASES / 3, format + " refused " + refused);
    assertTrue(matched > CASES / 100, format + " matched " + matched);
  }

  private String fault(String name, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    long before = allocated();
    String message =
        String.valueOf(assertThrows(IOException.class, () -> StateDict.read(file)).getMessage());
    assertTrue(allocated() - before < 4 << 20, "took " + (allocated() - before));
    assertEquals(1, message.lines().count());
    return message;
  }

  @Test
  void anArrayOfTwoToTheFortyElementsTakesNoMemory() throws IOException {
    for (String shape : new String[] {"(1099511627776,)", "(1048576, 1048576)"}) {
      byte[] zeros = new byte[10 << 20];
      byte[] array = NpzFile.array(NpzFile.header("<f4", false, shape), zeros);
      byte[] file = new NpzFile().with("fc.npy", array).bytes();
      assertTrue(file.length < 12_000, "takes " + file.length);
      String message = fault("bomb.npz", file);
      assertTrue(message.contains("array 'fc' "), message);
    }
  }

  @Test
  void aDeflateBombIsNotUnpacked() throws IOException {
    byte[] zeros = new byte[80 << 20];
    String header = NpzFile.header("<f4", false, "(20971520,)");
    byte[] truthful = new NpzFile().with("fc.npy", NpzFile.array(header, zeros)).bytes();
    assertTrue(truthful.length < 200_000, "takes " + truthful.length);
    String message = fault("bomb.npz", truthful);
    assertTrue(
        message.contains(
            "of shape 20971520 would unpack to more than a file of this size may hold"),
        message);
    // An array that says it is small is not followed beyond its end.
    byte[] small = NpzFile.array(NpzFile.header("<f4", false, "(1,)"), zeros);
    message = fault("bomb.npz", new NpzFile().with("fc.npy", small).bytes());
    assertTrue(message.contains("array 'fc' goes on after its last element"), message);
  }

  @Test
  void entriesThatShareTheirBytesAreRefused() throws IOException {
    byte[] file = new NpzFile().with("a.npy", new byte[4000]).bytes();
    int directory = new String(file, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    int length = file.length - 22 - directory;
    int copies = 200;
    ByteBuffer bomb =
        ByteBuffer.allocate(directory + copies * length + 22).order(ByteOrder.LITTLE_ENDIAN);
    bomb.put(file, 0, directory);
    for (int i = 0; i < copies; i++) {
      bomb.put(file, directory, length);
    }
    bomb.put(file, file.length - 22, 22);
    int end = bomb.capacity() - 22;
    bomb.putShort(end + 8, (short) copies).putShort(end + 10, (short) copies);
    bomb.putInt(end + 12, copies * length).putInt(directory + 20, 1 << 20);
    String message = fault("bomb.npz", bomb.array());
    assertTrue(message.contains("overlap"), message);
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    NpzFile file = new NpzFile();
    for (int i = 0; i <= 10_000; i++) {
      file.with("a" + i);
    }
    Path many = Files.write(folder.resolve("many.npz"), file.bytes());
    String message =
        String.valueOf(assertThrows(IOException.class, () -> StateDict.read(many)).getMessage());
    assertTrue(message.contains("it has 10001 entries, more than 10000"), message);
  }

  @Test
  void aHeaderOfSafetensorsLongerThanAnyNetworkNeedsIsNotParsed() throws IOException {
    String header = "{\"a\":" + "[".repeat(1 << 24);
    Path file = Files.write(folder.resolve("x.safetensors"), SafetensorsFile.withHeader(header));
    String message =
        String.valueOf(assertThrows(IOException.class, () -> StateDict.read(file)).getMessage());
    assertTrue(
        message.contains("byte 0 announces a header of 16777221 bytes, more than 16777216"),
        message);
  }
}
