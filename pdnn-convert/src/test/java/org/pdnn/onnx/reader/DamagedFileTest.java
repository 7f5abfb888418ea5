package org.pdnn.onnx.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are no models, or were.
class DamagedFileTest {
  @TempDir private Path folder;

  private static ModelMaker vectors() {
    return new ModelMaker(13, 0, 6);
  }

  @Test
  void filesThatAreNoModel() throws IOException {
    assertEquals(folder + " is a folder; name a .onnx file", Faults.message(folder));
    Path missing = folder.resolve("missing.onnx");
    assertEquals(missing + " does not exist; check the path", Faults.message(missing));
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    assertTrue(Faults.message(empty).contains("it imports no version"), Faults.message(empty));
    Path zip = Files.writeString(folder.resolve("model.pt"), "PK\u0003\u0004 and more");
    assertTrue(
        Faults.message(zip).contains("is a zip archive, as PyTorch's own files are"),
        Faults.message(zip));
  }

  @Test
  void aTruncatedFileNamesTheByte() throws IOException {
    byte[] sound = vectors().weights("w", 6, 4).node("MatMul", "x w", "y").output("y", 2).toBytes();
    Path file = folder.resolve("model.onnx");
    for (int length = 1; length < sound.length; length++) {
      Files.write(file, Arrays.copyOf(sound, length));
      Faults.message(file);
    }
    Files.write(file, Arrays.copyOf(sound, sound.length - 20));
    String message = Faults.message(file);
    assertTrue(message.contains("announces"), message);
    assertTrue(message.contains("is not a sound ONNX file: byte "), message);
  }

  @Test
  void whatWouldFillTheMemoryIsRefusedBeforeItDoes() throws IOException {
    Path file = folder.resolve("model.onnx");
    // A graph of a million nodes of two bytes each.
    byte[] nodes = new byte[2_000_000];
    for (int i = 0; i < nodes.length; i += 2) {
      nodes[i] = 1 << 3 | 2;
    }
    Files.write(file, framed(7, nodes));
    assertEquals(
        file
            + ": its graph has more than 65536 nodes; fold its constants by onnxsim, or export a"
            + " part of it",
        Faults.message(file));
    // Six hundred thousand unknown fields of eight bytes, and of four.
    for (int wire : new int[] {1, 5}) {
      byte[] unknown = new byte[600_000 * (wire == 1 ? 10 : 6)];
      for (int i = 0; i < unknown.length; i += wire == 1 ? 10 : 6) {
        unknown[i] = (byte) (0x80 | wire);
        unknown[i + 1] = 100;
      }
      Files.write(file, unknown);
      assertTrue(
          Faults.message(file)
              .contains(": it has more than 524288 messages and texts, at 0 nodes; "),
          Faults.message(file));
    }
    // A tensor of thirty million extents of one byte each.
    byte[] extents = framed(7, framed(5, framed(1, new byte[30_000_000])));
    Files.write(file, extents);
    assertTrue(
        Faults.message(file).contains(": it has more than 16777216 integers one by one; "),
        Faults.message(file));
    // Graphs in attributes of nodes of graphs.
    byte[] nest = new byte[0];
    for (int depth = 0; depth < 1000; depth++) {
      nest = framed(1, framed(5, framed(6, nest)));
    }
    Files.write(file, framed(7, nest));
    assertTrue(Faults.message(file).contains("more than 32 deep"), Faults.message(file));
  }

  /// A field of bytes.
  private static byte[] framed(int field, byte[] bytes) {
    return UnknownFieldSet.newBuilder()
        .addField(field, Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes)).build())
        .build()
        .toByteArray();
  }

  @Test
  void aDeepChainIsReadWithoutAStack() throws IOException {
    ModelMaker model = vectors();
    int depth = 9000;
    for (int i = 0; i < depth; i++) {
      model.node("Relu", i == 0 ? "x" : "h" + i, i == depth - 1 ? "y" : "h" + (i + 1));
    }
    Path file = Files.write(folder.resolve("model.onnx"), model.output("y", 2).toBytes());
    assertEquals(depth, OnnxModel.read(file).network().layers().size());
  }
}
