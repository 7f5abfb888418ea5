package org.pdnn.training;

/// What a batch, or many of them, showed.
public interface BatchResult<R extends BatchResult<R>> {
  /// This and another together.
  R plus(R other);
}
