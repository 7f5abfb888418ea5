package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The bytes of an `.onnx` file as the message that they are.
final class ProtoFile {
  private ProtoFile() {}

  /// Reads a file. Its memory is the file's size and a bounded number of objects
  /// ([WireWalk#MOST_OBJECTS]): the weights are not copied.
  ///
  /// @throws IOException in one sentence with the file and, if it is damaged, the byte
  static ModelProto read(Path file) throws IOException {
    byte[] bytes = bytes(file);
    if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
      throw new IOException(
          file
              + " is a zip archive, as PyTorch's own files are, not an ONNX model; write one by torch.onnx.export");
    }
    try {
      WireWalk.check(bytes, ModelProto.getDescriptor());
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      return ModelProto.parseFrom(in);
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException(
          "%s is not a sound ONNX file: %s; export or copy it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name an .onnx file");
    }
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IOException(file + " is not a file; name an .onnx file");
      }
      if (Files.size(file) > Integer.MAX_VALUE - 64) {
        throw new IOException(
            file + " is larger than 2 GiB, more than a protobuf may be; export it again");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist; check the path", e);
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to read " + file, e);
    }
  }
}
