package org.pdnn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import java.util.List;

/// A named constant of a node.
public final class Attribute {
  private final AttributeProto proto;

  private Attribute(AttributeProto.Builder proto) {
    this.proto = proto.build();
  }

  /// One integer.
  public static Attribute of(String name, long value) {
    return new Attribute(named(name, AttributeType.INT).setI(value));
  }

  /// One real number.
  public static Attribute of(String name, float value) {
    return new Attribute(named(name, AttributeType.FLOAT).setF(value));
  }

  /// A list of integers.
  public static Attribute of(String name, List<Integer> values) {
    AttributeProto.Builder list = named(name, AttributeType.INTS);
    values.forEach(list::addInts);
    return new Attribute(list);
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  AttributeProto proto() {
    return proto;
  }
}
