package org.pdnn.server.passes;

import java.util.Optional;
import org.pdnn.random.InputAddress;
import org.pdnn.sampling.StopRule;

/// An input in work. Touched by one worker at a time.
final class Item {
  final Work work;
  final int index;

  /// Of the session that it was begun in.
  int ticket;

  /// Passes that have been run.
  int done;

  Item(Work work, int index) {
    this.work = work;
    this.index = index;
  }

  float[] input() {
    return work.question().inputs().get(index);
  }

  long address() {
    return InputAddress.of(input());
  }

  /// Passes until it is looked at, or has all.
  int untilLook() {
    Question question = work.question();
    int left = question.samples() - done;
    boolean looks = question.followed() || question.rule().isPresent();
    return looks && done > 0 ? Math.min(left, nextLook() - done) : looks ? 1 : left;
  }

  /// The next power of two.
  private int nextLook() {
    return 2 * Integer.highestOneBit(done);
  }

  /// Whether somebody looks after so many passes: at T = 1, 2, 4, 8, ...
  boolean atLook() {
    return Integer.bitCount(done) == 1;
  }

  /// Whether it has had all.
  boolean whole() {
    return done >= work.question().samples();
  }

  /// Why its passes end, if they do.
  Optional<StopCause> ended(double[][] passes) {
    Question question = work.question();
    if (whole()) {
      return Optional.of(question.limit());
    }
    Optional<StopRule> rule = question.rule();
    boolean settled = rule.isPresent() && atLook() && rule.get().settled(passes);
    return settled ? Optional.of(StopCause.CONFIDENCE) : Optional.empty();
  }
}
