package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.pdnn.names.Printable;

/// Values that a model keeps in files of their own, which lie in the model's folder or below it:
/// where a file says its weights are must not lead anywhere else.
final class ExternalData {
  private final Path folder;

  /// @param model the `.onnx` file
  ExternalData(Path model) {
    Path parent = model.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? Path.of("") : parent;
  }

  /// The bytes of a tensor, little-endian.
  ///
  /// @param length how many there must be
  /// @throws IllegalArgumentException naming the file and what is wrong
  ByteBuffer bytes(TensorProto tensor, int length) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    long offset = number(entries, "offset", 0);
    long announced = number(entries, "length", length);
    if (announced != length) {
      throw new IllegalArgumentException(
          "takes %s bytes, its external data announces %s".formatted(length, announced));
    }
    Path file = locate(location);
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() - length) {
        throw new IllegalArgumentException(
            "takes %s bytes from byte %s on, its external data %s has %s"
                .formatted(length, offset, Printable.quoted(location), channel.size()));
      }
      ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        // A read may bring less than was asked for.
      }
      if (bytes.hasRemaining()) {
        throw new IOException("it became shorter");
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "has external data %s that cannot be read: %s"
              .formatted(Printable.quoted(location), e.getMessage()),
          e);
    }
  }

  private Path locate(String location) {
    try {
      Path relative = Path.of(location);
      if (!location.isBlank() && !relative.isAbsolute() && !climbs(relative)) {
        Path file = folder.resolve(relative);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IllegalArgumentException(
              "has its values in %s, which is missing; copy it beside the model"
                  .formatted(Printable.quoted(location)));
        }
        if (Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath())) {
          return file;
        }
      }
    } catch (InvalidPathException | IOException e) {
      throw outside(location, e);
    }
    throw outside(location, new IllegalArgumentException(location));
  }

  private static boolean climbs(Path relative) {
    for (Path part : relative) {
      if (part.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static IllegalArgumentException outside(String location, Exception cause) {
    return new IllegalArgumentException(
        "has its values in %s, which is no file in the model's folder; save it there"
            .formatted(Printable.quoted(location)),
        cause);
  }

  private static long number(Map<String, String> entries, String key, long otherwise) {
    String text = entries.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text.
    }
    throw new IllegalArgumentException(
        "has external data whose %s is %s, not a number of bytes"
            .formatted(key, Printable.quoted(text)));
  }
}
