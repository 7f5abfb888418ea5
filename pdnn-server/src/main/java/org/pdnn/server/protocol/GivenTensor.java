package org.pdnn.server.protocol;

import java.util.List;
import java.util.Optional;

/// A tensor of a request, as its parts came.
public final class GivenTensor {
  private final String name;
  private final String datatype;
  private final List<Long> shape;
  private final Optional<byte[]> raw;
  private final float[] values;

  /// A tensor that is not to be changed afterwards.
  ///
  /// @param raw its bytes, little-endian; where there are none, its values
  public GivenTensor(
      String name, String datatype, List<Long> shape, Optional<byte[]> raw, float[] values) {
    this.name = name;
    this.datatype = datatype;
    this.shape = List.copyOf(shape);
    this.raw = raw;
    this.values = values;
  }

  String name() {
    return name;
  }

  String datatype() {
    return datatype;
  }

  List<Long> shape() {
    return shape;
  }

  Optional<byte[]> raw() {
    return raw;
  }

  float[] values() {
    return values;
  }
}
