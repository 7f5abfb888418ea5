package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Shape;

/// The values of a tensor, from whichever of its fields holds them.
final class TensorValues {
  private final TensorProto proto;
  private final DataType type;
  private final List<Integer> dimensions;
  private final int size;

  private TensorValues(TensorProto proto) {
    this.proto = proto;
    DataType known = DataType.forNumber(proto.getDataType());
    this.type = known == null ? DataType.UNDEFINED : known;
    this.dimensions = extents(proto.getDimsList());
    this.size = (int) ConstantArray.size(dimensions);
  }

  /// The number of values, before any memory is taken for them.
  ///
  /// @throws IllegalArgumentException if an extent is negative or there are more than a [Shape] has
  static long size(TensorProto proto) {
    return ConstantArray.size(extents(proto.getDimsList()));
  }

  /// Reads all values.
  ///
  /// @throws IllegalArgumentException as the rest of a sentence that begins with the tensor's name
  static ConstantArray read(TensorProto proto, ExternalData external) {
    return new TensorValues(proto).read(external);
  }

  private static List<Integer> extents(List<Long> dims) {
    List<Integer> extents = new ArrayList<>();
    long size = 1;
    for (long dim : dims) {
      if (dim < 0 || dim > Shape.LARGEST || extents.size() > 8) {
        throw new IllegalArgumentException("has the extents " + brief(dims));
      }
      size = Math.min(size * Math.max(dim, 1), Shape.LARGEST + 1);
      extents.add((int) dim);
    }
    if (size > Shape.LARGEST) {
      throw new IllegalArgumentException(
          "has the extents %s, more than %s values".formatted(brief(dims), Shape.LARGEST));
    }
    return extents;
  }

  private static String brief(List<Long> dims) {
    return dims.size() > 9 ? dims.subList(0, 9) + "..." : dims.toString();
  }

  private ConstantArray read(ExternalData external) {
    if (proto.hasSegment()) {
      throw new IllegalArgumentException("is cut into segments, which are not read; save it whole");
    }
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> new Reals(dimensions, reals(external));
      case INT64, INT32, INT16, UINT16, INT8, UINT8, BOOL -> integers(external);
      default ->
          throw new IllegalArgumentException(
              "has values of type %s; float, float16, bfloat16 and double are read as weights, integers of 8 to 64 bits and bool as shapes and quantised weights"
                  .formatted(
                      type == DataType.UNDEFINED
                          ? Integer.toString(proto.getDataType())
                          : type.toString()));
    };
  }

  private float[] reals(ExternalData external) {
    int width = width();
    float[] values;
    if (inBytes()) {
      ByteBuffer bytes = bytes(external, width);
      values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] =
            switch (type) {
              case FLOAT -> bytes.getFloat(i * width);
              case DOUBLE -> (float) bytes.getDouble(i * width);
              case FLOAT16 -> Float.float16ToFloat(bytes.getShort(i * width));
              default -> Float.intBitsToFloat(bytes.getShort(i * width) << 16);
            };
      }
      return values;
    }
    requireCount(
        switch (type) {
          case FLOAT -> proto.getFloatDataCount();
          case DOUBLE -> proto.getDoubleDataCount();
          default -> proto.getInt32DataCount();
        });
    values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> proto.getFloatData(i);
            case DOUBLE -> (float) proto.getDoubleData(i);
            case FLOAT16 -> Float.float16ToFloat((short) proto.getInt32Data(i));
            default -> Float.intBitsToFloat(proto.getInt32Data(i) << 16);
          };
    }
    return values;
  }

  /// The integers, read when they are asked for: those of quantised weights have few bits.
  private Integers integers(ExternalData external) {
    int width = width();
    if (!inBytes()) {
      boolean wide = type == DataType.INT64;
      requireCount(wide ? proto.getInt64DataCount() : proto.getInt32DataCount());
      return new Integers(dimensions, size, wide ? proto::getInt64Data : proto::getInt32Data);
    }
    ByteBuffer bytes = bytes(external, width);
    return new Integers(
        dimensions,
        size,
        switch (type) {
          case INT64 -> index -> bytes.getLong(index * width);
          case INT32 -> index -> bytes.getInt(index * width);
          case INT16 -> index -> bytes.getShort(index * width);
          case UINT16 -> index -> Short.toUnsignedInt(bytes.getShort(index * width));
          case UINT8 -> index -> Byte.toUnsignedInt(bytes.get(index));
          default -> bytes::get;
        });
  }

  private boolean isExternal() {
    return proto.getDataLocation() == DataLocation.EXTERNAL;
  }

  private boolean inBytes() {
    return proto.hasRawData() || isExternal();
  }

  private int width() {
    return switch (type) {
      case DOUBLE, INT64 -> Long.BYTES;
      case FLOAT, INT32 -> Integer.BYTES;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> Short.BYTES;
      default -> 1;
    };
  }

  private ByteBuffer bytes(ExternalData external, int width) {
    long length = (long) size * width;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "takes %s bytes, more than 2 GiB; save it in 32 bits".formatted(length));
    }
    if (isExternal()) {
      return external.bytes(proto, (int) length);
    }
    if (proto.getRawData().size() != length) {
      throw new IllegalArgumentException(
          "has %s bytes of raw_data where extents %s of %s take %s"
              .formatted(proto.getRawData().size(), dimensions, type, length));
    }
    return proto.getRawData().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void requireCount(int count) {
    if (count != size) {
      throw new IllegalArgumentException(
          "has %s values where extents %s of %s take %s".formatted(count, dimensions, type, size));
    }
  }
}
