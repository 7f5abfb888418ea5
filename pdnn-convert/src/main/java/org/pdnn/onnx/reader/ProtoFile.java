package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Path;
import org.pdnn.files.InputFile;

/// The bytes of an `.onnx` file as the message that they are.
final class ProtoFile {
  /// An array holds no more, nor does a protobuf.
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private ProtoFile() {}

  /// Reads a file. Its memory is the file's size and a bounded number of objects
  /// ([WireWalk#MOST_OBJECTS]): the weights are not copied.
  ///
  /// @throws IOException in one sentence with the file and, if it is damaged, the byte
  /// @throws IllegalArgumentException without the file, if it holds more than is read
  static ModelProto read(Path file) throws IOException {
    byte[] bytes = InputFile.read(file, ".onnx file", MOST_BYTES).bytes();
    if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
      throw new IOException(
          file
              + " is a zip archive, as PyTorch's own files are, not an ONNX model; write one by"
              + " torch.onnx.export");
    }
    try {
      WireWalk.check(bytes, ModelProto.getDescriptor());
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true);
      return ModelProto.parseFrom(in);
    } catch (IOException e) {
      throw new IOException(
          "%s is not a sound ONNX file: %s; export or copy it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
