package org.pdnn.network;

/// A layer that takes one value from each patch of an image.
public sealed interface Pool extends Layer permits MaxPool, AveragePool {
  /// Height and width of a patch, and from one to the next.
  int size();
}
