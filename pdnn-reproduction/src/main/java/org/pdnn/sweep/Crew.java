package org.pdnn.sweep;

import java.io.IOException;
import java.util.function.DoubleConsumer;

/// Who works on the cells of a sweep: threads of this process, or the tasks of a cluster.
public interface Crew {
  /// How many cells may be handed over at once.
  int size();

  /// Finishes a cell whose needs are finished; then it is on disk. Called from several threads.
  ///
  /// @param share receives how much of the cell is done, 0 to 1
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  void finish(Cell<?> cell, DoubleConsumer share) throws IOException;
}
