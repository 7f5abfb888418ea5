package org.pdnn.training;

/// Where the random numbers of a training step come from.
public enum RandomNumbers {
  /// From words addressed by seed, layer, unit and sample: threads and the order of passes change
  /// nothing.
  ADDRESSED {
    @Override
    public String toString() {
      return "addressed";
    }
  },
  /// From libtorch's own generator, in the order of their use and whatever the scheme: here to
  /// compare with.
  TORCH_RAND {
    @Override
    public String toString() {
      return "torch.rand";
    }
  }
}
