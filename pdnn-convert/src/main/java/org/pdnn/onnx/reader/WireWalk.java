package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A walk over the bytes of a protobuf message before they are parsed: every length is checked
/// against what is left, and what would take more memory than its bytes is counted.
///
/// A message of two bytes becomes an object of a hundred, and a number of one byte takes eight; a
/// small file could fill the memory with either. Raw bytes, which hold the weights, are not copied.
final class WireWalk {
  /// Nodes of all graphs in one file; the deepest networks in use have some thousands.
  static final int MOST_NODES = 1 << 16;

  /// Messages and texts in one file; a node takes four at least.
  static final int MOST_OBJECTS = 1 << 19;

  /// Integers that are written one by one, as shapes are; weights have a better form.
  static final int MOST_INTEGERS = 1 << 24;

  /// Messages within messages; a graph's tensors lie at the fifth level, deeper are subgraphs.
  static final int DEEPEST = 32;

  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private int at;
  private int nodes;
  private int objects;
  private long integers;

  private WireWalk(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Checks a file of one message.
  ///
  /// @throws IOException naming the first byte that cannot be, and the message it is in
  /// @throws IllegalArgumentException if there is more than is read
  static void check(byte[] bytes, Descriptor type) throws IOException {
    WireWalk walk = new WireWalk(bytes);
    walk.message(type, bytes.length, 0);
  }

  private void message(Descriptor type, int end, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "its messages lie within each other more than %s deep; export it without loops and"
                  .formatted(DEEPEST)
              + " conditions");
    }
    if (type == NodeProto.getDescriptor() && ++nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "its graph has more than %s nodes; fold its constants by onnxsim, or export a part of it"
              .formatted(MOST_NODES));
    }
    while (at < end) {
      int start = at;
      long tag = varint(type, end);
      int number = (int) (tag >>> 3);
      if (tag >>> 32 != 0 || number == 0) {
        throw fault(start, type, "a field cannot have the number " + (tag >>> 3));
      }
      FieldDescriptor field = type.findFieldByNumber(number);
      switch ((int) (tag & 7)) {
        case 0 -> {
          varint(type, end);
          countNumber(field);
        }
        case 1 -> {
          skip(start, type, Long.BYTES, end);
          countNumber(field);
        }
        case 2 -> delimited(start, type, field, end, depth);
        case 5 -> {
          skip(start, type, Integer.BYTES, end);
          countNumber(field);
        }
        default -> throw fault(start, type, "no field is of wire type " + (tag & 7));
      }
    }
  }

  /// A number by itself. One of an unknown field is kept as an object.
  private void countNumber(@Nullable FieldDescriptor field) {
    count(field == null ? 1 : 0, 1);
  }

  private void delimited(
      int start, Descriptor type, @Nullable FieldDescriptor field, int end, int depth)
      throws IOException {
    long length = varint(type, end);
    if (length < 0 || length > end - at) {
      throw fault(
          start,
          type,
          "a field announces %s bytes where %s are left"
              .formatted(Long.toUnsignedString(length), end - at));
    }
    int last = at + (int) length;
    if (field == null || !packed(field)) {
      count(1, 0);
    }
    if (field != null && field.getJavaType() == JavaType.MESSAGE) {
      message(field.getMessageType(), last, depth + 1);
    } else if (field != null && packed(field) && fixedBytes(field) == 0) {
      while (at < last) {
        varint(type, last);
        count(0, 1);
      }
    } else if (field != null && packed(field) && length % fixedBytes(field) != 0) {
      throw fault(start, type, "numbers of %s bytes take %s".formatted(fixedBytes(field), length));
    }
    at = last;
  }

  private static boolean packed(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> true;
      case STRING, BYTE_STRING, MESSAGE -> false;
    };
  }

  /// Bytes of one number; 0 if they differ from number to number.
  private static int fixedBytes(FieldDescriptor field) {
    return switch (field.getType()) {
      case FLOAT, FIXED32, SFIXED32 -> Integer.BYTES;
      case DOUBLE, FIXED64, SFIXED64 -> Long.BYTES;
      case INT32, INT64, UINT32, UINT64, SINT32, SINT64, BOOL, ENUM -> 0;
      case STRING, BYTES, MESSAGE, GROUP -> 1;
    };
  }

  private long varint(Descriptor type, int end) throws IOException {
    int start = at;
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (at >= end) {
        throw fault(start, type, "a number runs beyond the end");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw fault(start, type, "a number takes more than %s bytes".formatted(LONGEST_VARINT));
  }

  private void skip(int start, Descriptor type, int length, int end) throws IOException {
    if (length > end - at) {
      throw fault(start, type, "a field of %s bytes where %s are left".formatted(length, end - at));
    }
    at += length;
  }

  private void count(int moreObjects, int moreIntegers) {
    objects += moreObjects;
    integers += moreIntegers;
    if (objects > MOST_OBJECTS) {
      throw new IllegalArgumentException(
          "it has more than %s messages and texts, at %s nodes; fold its constants by onnxsim, or"
                  .formatted(MOST_OBJECTS, nodes)
              + " export a part of it");
    }
    if (integers > MOST_INTEGERS) {
      throw new IllegalArgumentException(
          "it has more than %s integers one by one; save its tensors as raw_data"
              .formatted(MOST_INTEGERS));
    }
  }

  private static IOException fault(int at, Descriptor type, String what) {
    return new IOException("byte %s, in %s: %s".formatted(at, type.getName(), what));
  }
}
