package org.pdnn.server.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pdnn.server.protocol.InferReply;
import org.pdnn.server.protocol.OutputTensor;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.TensorDescription;

/// The other messages of the protocol, by the numbers of their fields.
public final class Messages {
  private static final int TRUTH = 1;

  private Messages() {}

  /// A model and its version, if one is named: `ModelReadyRequest`, `ModelMetadataRequest`.
  public record ModelName(String name, Optional<String> version) {}

  /// Reads a model's name.
  public static ModelName modelName(byte[] message) throws RequestException {
    String[] parts = {"", ""};
    try {
      Fields.read(
          CodedInputStream.newInstance(message),
          (in, tag) -> {
            boolean name = tag == Fields.bytes(1);
            if (name || tag == Fields.bytes(2)) {
              parts[name ? 0 : 1] = in.readStringRequireUtf8();
              return true;
            }
            return false;
          });
    } catch (IOException e) {
      throw Fields.wrong("the message does not name a model");
    }
    return new ModelName(parts[0], parts[1].isEmpty() ? Optional.empty() : Optional.of(parts[1]));
  }

  /// Live or ready: `ServerLiveResponse`, `ServerReadyResponse`, `ModelReadyResponse`.
  public static byte[] truth(boolean value) {
    return Fields.message(out -> out.writeBool(TRUTH, value));
  }

  /// `ServerMetadataResponse`.
  public static byte[] server(String name, String version, List<String> extensions) {
    return Fields.message(out -> {
      out.writeString(1, name);
      out.writeString(2, version);
      Fields.write(out, 3, extensions);
    });
  }

  /// `ModelMetadataResponse`.
  public static byte[] model(
      String name,
      List<String> versions,
      String platform,
      List<TensorDescription> inputs,
      List<TensorDescription> outputs) {
    return Fields.message(out -> {
      out.writeString(1, name);
      Fields.write(out, 2, versions);
      out.writeString(3, platform);
      write(out, 4, inputs);
      write(out, 5, outputs);
    });
  }

  private static void write(CodedOutputStream out, int field, List<TensorDescription> tensors)
      throws IOException {
    for (TensorDescription tensor : tensors) {
      Fields.write(
          out,
          field,
          (Fields.Parts)
              one -> {
                one.writeString(1, tensor.name());
                one.writeString(2, tensor.datatype().name());
                Fields.writeShape(one, 3, tensor.shape());
              });
    }
  }

  /// `ModelInferResponse`, with raw contents where they are wanted.
  public static byte[] reply(InferReply reply) {
    return Fields.message(out -> {
      out.writeString(1, reply.model());
      out.writeString(2, reply.version());
      if (reply.id().isPresent()) {
        out.writeString(3, reply.id().get());
      }
      Fields.write(out, 4, reply.parameters());
      for (InferReply.Tensor tensor : reply.tensors()) {
        OutputTensor values = tensor.values();
        Fields.write(
            out,
            5,
            (Fields.Parts)
                one -> {
                  one.writeString(1, values.name());
                  one.writeString(2, values.datatype().name());
                  Fields.writeShape(one, 3, values.shape());
                  if (!tensor.binary()) {
                    Fields.write(one, 5, (Fields.Parts) contents -> write(contents, values));
                  }
                });
      }
      for (InferReply.Tensor tensor : reply.tensors()) {
        if (tensor.binary()) {
          out.writeByteArray(6, tensor.values().binary());
        }
      }
    });
  }

  /// `InferTensorContents`, which has a field for each type.
  private static void write(CodedOutputStream out, OutputTensor values) throws IOException {
    for (String text : values.texts()) {
      out.writeBytes(8, Fields.utf8(text));
    }
    double[] numbers = values.numbers();
    switch (values.datatype()) {
      case BYTES -> {}
      case INT32 ->
          Fields.write(
              out,
              2,
              (Fields.Parts)
                  packed -> {
                    for (double number : numbers) {
                      packed.writeInt32NoTag((int) number);
                    }
                  });
      case INT64 ->
          Fields.write(
              out,
              3,
              (Fields.Parts)
                  packed -> {
                    for (double number : numbers) {
                      packed.writeInt64NoTag((long) number);
                    }
                  });
      case FP64 ->
          Fields.write(
              out,
              7,
              (Fields.Parts)
                  packed -> {
                    for (double number : numbers) {
                      packed.writeDoubleNoTag(number);
                    }
                  });
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, FP16, FP32, BF16 ->
          throw new IllegalStateException(values.datatype() + " is not written");
    }
  }

  /// `ModelStreamInferResponse` with an answer.
  public static byte[] event(byte[] reply) {
    return Fields.message(out -> out.writeByteArray(2, reply));
  }

  /// `ModelStreamInferResponse` with a fault.
  public static byte[] fault(String sentence) {
    return Fields.message(out -> out.writeString(1, sentence));
  }
}
