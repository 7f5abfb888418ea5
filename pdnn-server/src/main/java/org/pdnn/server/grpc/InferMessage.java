package org.pdnn.server.grpc;

import static org.pdnn.server.grpc.Fields.bytes;
import static org.pdnn.server.grpc.Fields.fixed32;
import static org.pdnn.server.grpc.Fields.fixed64;
import static org.pdnn.server.grpc.Fields.varint;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.Shape;
import org.pdnn.server.protocol.GivenTensor;
import org.pdnn.server.protocol.InferRequest;
import org.pdnn.server.protocol.RequestException;

/// A `ModelInferRequest`, as far as it is read without its model.
public final class InferMessage {
  /// One that says nothing.
  public static final InferMessage EMPTY = new InferMessage(0);

  private static final int MOST_OUTPUTS = 64;
  private static final int MOST_DIMENSIONS = 16;

  private final int size;
  private String model = "";
  private String version = "";
  private String id = "";
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final List<byte[]> raw = new ArrayList<>();

  private static final class Tensor {
    private String name = "";
    private String datatype = "";
    private final List<Long> shape = new ArrayList<>();
    private float[] values = new float[0];
    private int count;

    private void add(float value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.max(1024, 2 * count));
      }
      values[count++] = value;
    }
  }

  private InferMessage(int size) {
    this.size = size;
  }

  /// Reads a message.
  public static InferMessage read(byte[] message) throws RequestException {
    InferMessage read = new InferMessage(message.length);
    try {
      Fields.read(CodedInputStream.newInstance(message), read::field);
    } catch (InvalidProtocolBufferException e) {
      throw Fields.wrong("the message is not a ModelInferRequest");
    } catch (IOException e) {
      throw Fields.wrong("the message ends before its length");
    }
    return read;
  }

  private boolean field(CodedInputStream in, int tag) throws IOException, RequestException {
    if (tag == bytes(1)) {
      model = in.readStringRequireUtf8();
    } else if (tag == bytes(2)) {
      version = in.readStringRequireUtf8();
    } else if (tag == bytes(3)) {
      id = in.readStringRequireUtf8();
    } else if (tag == bytes(4)) {
      Fields.parameter(in, parameters);
    } else if (tag == bytes(5)) {
      Tensor input = new Tensor();
      inputs.add(input);
      Fields.within(in, (part, kind) -> field(input, part, kind));
    } else if (tag == bytes(6)) {
      Fields.within(in, this::output);
    } else if (tag == bytes(7)) {
      raw.add(in.readByteArray());
    } else {
      return false;
    }
    if (inputs.size() > 1 || raw.size() > 1) {
      throw Fields.wrong("the model has one input, the request more");
    }
    return true;
  }

  private boolean output(CodedInputStream in, int tag) throws IOException, RequestException {
    if (tag != bytes(1)) {
      return false;
    }
    outputs.add(in.readStringRequireUtf8());
    if (outputs.size() > MOST_OUTPUTS) {
      throw Fields.wrong("a request has at most %s outputs".formatted(MOST_OUTPUTS));
    }
    return true;
  }

  private static boolean field(Tensor tensor, CodedInputStream in, int tag)
      throws IOException, RequestException {
    if (tag == bytes(1)) {
      tensor.name = in.readStringRequireUtf8();
    } else if (tag == bytes(2)) {
      tensor.datatype = in.readStringRequireUtf8();
    } else if (tag == bytes(3)) {
      int limit = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        extent(tensor, in.readInt64());
      }
      in.popLimit(limit);
    } else if (tag == varint(3)) {
      extent(tensor, in.readInt64());
    } else if (tag == bytes(5)) {
      Fields.within(in, (part, kind) -> contents(tensor, part, kind));
    } else {
      return false;
    }
    return true;
  }

  private static void extent(Tensor tensor, long extent) throws RequestException {
    tensor.shape.add(extent);
    if (tensor.shape.size() > MOST_DIMENSIONS) {
      throw Fields.wrong("a shape has at most %s dimensions".formatted(MOST_DIMENSIONS));
    }
  }

  /// Numbers of 32 bits are field 6, of 64 bits field 7, packed or one by one.
  private static boolean contents(Tensor tensor, CodedInputStream in, int tag) throws IOException {
    if (tag == fixed32(6)) {
      tensor.add(in.readFloat());
    } else if (tag == fixed64(7)) {
      tensor.add((float) in.readDouble());
    } else if (tag == bytes(6) || tag == bytes(7)) {
      int limit = in.pushLimit(in.readRawVarint32());
      while (in.getBytesUntilLimit() > 0) {
        tensor.add(tag == bytes(6) ? in.readFloat() : (float) in.readDouble());
      }
      in.popLimit(limit);
    } else {
      return false;
    }
    return true;
  }

  /// Its bytes.
  public int size() {
    return size;
  }

  public String model() {
    return model;
  }

  /// The version, if it names one.
  public Optional<String> version() {
    return version.isEmpty() ? Optional.empty() : Optional.of(version);
  }

  /// What it asks of its model.
  ///
  /// @param shape of an input
  /// @param most inputs that a request may have
  public InferRequest request(Shape shape, int most) throws RequestException {
    if (inputs.isEmpty()) {
      throw Fields.wrong("the request has no input");
    }
    Tensor input = inputs.getFirst();
    if (!raw.isEmpty() && input.count > 0) {
      throw Fields.wrong("an input has either contents or raw contents, not both");
    }
    GivenTensor tensor =
        new GivenTensor(
            input.name,
            input.datatype,
            input.shape,
            raw.stream().findFirst(),
            Arrays.copyOf(input.values, input.count));
    return InferRequest.of(
        id.isEmpty() ? Optional.empty() : Optional.of(id),
        parameters,
        tensor,
        outputs,
        shape,
        most);
  }
}
