package org.pdnn.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.server.protocol.RequestException;

/// Fields of messages as Protocol Buffers encode them, and the shape that those of the protocol
/// share: parameters by name.
final class Fields {
  private static final int MOST_PARAMETERS = 64;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private Fields() {}

  /// What is done with a field that a message has.
  @FunctionalInterface
  interface Field {
    /// Reads the field that follows.
    ///
    /// @param tag with the number of the field and how it is encoded
    /// @return whether the field is known; others are passed over
    boolean read(CodedInputStream in, int tag) throws IOException, RequestException;
  }

  /// What a message consists of.
  @FunctionalInterface
  interface Parts {
    void write(CodedOutputStream out) throws IOException;
  }

  /// The tag of a field that has a length: a text, bytes, a message, packed numbers.
  static int bytes(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /// The tag of a field that is a whole number or a truth value.
  static int varint(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }

  /// The tag of a field of eight bytes.
  static int fixed64(int field) {
    return field << 3 | WireFormat.WIRETYPE_FIXED64;
  }

  /// The tag of a field of four bytes.
  static int fixed32(int field) {
    return field << 3 | WireFormat.WIRETYPE_FIXED32;
  }

  /// Reads all fields of a message.
  static void read(CodedInputStream in, Field field) throws IOException, RequestException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(in, tag)) {
        in.skipField(tag);
      }
    }
  }

  /// Reads a message within another.
  static void within(CodedInputStream in, Field field) throws IOException, RequestException {
    int limit = in.pushLimit(in.readRawVarint32());
    read(in, field);
    in.checkLastTagWas(0);
    in.popLimit(limit);
  }

  /// Reads a parameter, an entry of a map, into all.
  static void parameter(CodedInputStream in, Map<String, Object> all)
      throws IOException, RequestException {
    Map<String, Object> value = new LinkedHashMap<>();
    String[] name = {""};
    within(
        in,
        (entry, tag) -> {
          if (tag == bytes(KEY)) {
            name[0] = entry.readStringRequireUtf8();
          } else if (tag == bytes(VALUE)) {
            within(
                entry,
                (one, kind) -> {
                  if (kind == varint(1)) {
                    value.put("", one.readBool());
                  } else if (kind == varint(2) || kind == varint(5)) {
                    value.put("", one.readInt64());
                  } else if (kind == bytes(3)) {
                    value.put("", one.readStringRequireUtf8());
                  } else if (kind == fixed64(4)) {
                    value.put("", one.readDouble());
                  } else {
                    return false;
                  }
                  return true;
                });
          } else {
            return false;
          }
          return true;
        });
    Object found = value.get("");
    if (found == null) {
      throw wrong("a parameter must be a text, a number, true or false");
    }
    all.put(name[0], found);
    if (all.size() > MOST_PARAMETERS) {
      throw wrong("there are more than %s parameters".formatted(MOST_PARAMETERS));
    }
  }

  static RequestException wrong(String sentence) {
    return new RequestException(RequestException.Kind.WRONG, sentence);
  }

  /// The bytes of a message.
  static byte[] message(Parts parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      parts.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Writes a message within another.
  static void write(CodedOutputStream out, int field, Parts parts) throws IOException {
    out.writeByteArray(field, message(parts));
  }

  static void write(CodedOutputStream out, int field, List<String> texts) throws IOException {
    for (String text : texts) {
      out.writeString(field, text);
    }
  }

  /// Writes whole numbers, packed.
  static void writeShape(CodedOutputStream out, int field, List<Integer> shape) throws IOException {
    write(
        out,
        field,
        (Parts)
            packed -> {
              for (int extent : shape) {
                packed.writeInt64NoTag(extent);
              }
            });
  }

  /// Writes parameters, entries of a map.
  static void write(CodedOutputStream out, int field, Map<String, Object> parameters)
      throws IOException {
    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
      write(
          out,
          field,
          (Parts)
              entry -> {
                entry.writeString(KEY, parameter.getKey());
                write(
                    entry,
                    VALUE,
                    (Parts)
                        one -> {
                          switch (parameter.getValue()) {
                            case Boolean truth -> one.writeBool(1, truth);
                            case Long number -> one.writeInt64(2, number);
                            case Integer number -> one.writeInt64(2, number);
                            case Double number -> one.writeDouble(4, number);
                            case Object text -> one.writeString(3, text.toString());
                          }
                        });
              });
    }
  }

  static ByteString utf8(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }
}
