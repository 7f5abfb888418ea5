package org.pdnn.sums;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The sums of a library where they are right. Libraries write code for the processor that they
/// find, and on some virtual machines that code is wrong for some sizes: each kind of product is
/// tried before it is first made, and plain Java computes those that fail.
final class CheckedSums implements Sums {
  private static final System.Logger LOGGER = System.getLogger(CheckedSums.class.getName());

  private final Sums library;
  private final Map<Trial, Boolean> passed = new ConcurrentHashMap<>();
  private final AtomicBoolean said = new AtomicBoolean();

  CheckedSums(Sums library) {
    this.library = library;
  }

  @Override
  public String name() {
    return library.name();
  }

  @Override
  public PackedWeights pack(Geometry geometry, int most, byte[] weights) {
    geometry.require(most, weights);
    byte[] own = weights.clone();
    PackedWeights packed = library.pack(geometry, most, own);
    return (images, source, target) ->
        passed.computeIfAbsent(
                new Trial(geometry, most, images), trial -> passes(trial, packed, own))
            ? packed.summation(images, source, target)
            : new ScalarWeights(geometry, most, own).summation(images, source, target);
  }

  private boolean passes(Trial trial, PackedWeights packed, byte[] weights) {
    String reason;
    try {
      if (trial.passes(packed, weights)) {
        return true;
      }
      reason = "they are wrong on this machine";
    } catch (UnsupportedOperationException | IllegalStateException e) {
      reason = String.valueOf(e.getMessage());
    }
    if (!said.getAndSet(true)) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "some sums of {0} are left to plain Java, many times slower: {1}; at first those of {2}",
          name(),
          reason,
          trial);
    }
    return false;
  }
}
