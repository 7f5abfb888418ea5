package org.pdnn.tradeoff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The choices worth considering. One choice dominates another if it costs no more and is worth no
/// less, and differs in one of the two; on the front are those that none dominates.
public final class ParetoFront {
  private ParetoFront() {}

  /// The front, from cheap to dear, which is from poor to good. Choices that agree in both are all
  /// on it or all off it, and stay in their order.
  ///
  /// @param cost cheaper comes first
  /// @param worth poorer comes first
  public static <T> List<T> of(
      Collection<? extends T> choices, Comparator<? super T> cost, Comparator<? super T> worth) {
    List<T> ordered = new ArrayList<>(choices);
    ordered.sort(worth.reversed());
    ordered.sort(cost);
    List<T> front = new ArrayList<>();
    for (T choice : ordered) {
      // Nothing before it is dearer, and the last of the front is worth the most so far.
      int gain = front.isEmpty() ? 1 : worth.compare(choice, front.getLast());
      if (gain > 0 || (gain == 0 && cost.compare(choice, front.getLast()) == 0)) {
        front.add(choice);
      }
    }
    return List.copyOf(front);
  }
}
