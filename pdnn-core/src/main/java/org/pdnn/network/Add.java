package org.pdnn.network;

import java.util.List;

/// The sum of places of one shape, in the order in which they are read: the end of a residual block
/// (K. He et al., "Deep residual learning for image recognition", CVPR 2016).
public record Add() implements Join {
  @Override
  public Shape output(List<Shape> inputs) {
    return Join.same(inputs);
  }
}
