package org.pdnn.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/// Where a cell is worked on.
public final class Context {
  private final CellStore store;
  private final Cell<?> cell;
  private final DoubleConsumer share;

  /// @param share receives how much of the cell is done, 0 to 1
  Context(CellStore store, Cell<?> cell, DoubleConsumer share) {
    this.store = store;
    this.cell = cell;
    this.share = share;
  }

  /// The cell's own folder, for model files and checkpoints.
  public Path folder() {
    return store.folder(cell);
  }

  /// The folder of a cell that this one needs.
  public Path folder(Cell<?> needed) {
    requireNeeded(needed);
    return store.folder(needed);
  }

  /// The result of a cell that this one needs.
  public <R> R result(Cell<R> needed) throws IOException {
    requireNeeded(needed);
    return store
        .find(needed)
        .orElseThrow(() -> new IllegalStateException(needed.title() + " is not finished"))
        .result(needed.kind());
  }

  /// Reports how much of the cell is done, 0 to 1.
  public void progress(double done) {
    share.accept(Math.clamp(done, 0, 1));
  }

  private void requireNeeded(Cell<?> needed) {
    Address address = Address.of(needed);
    if (cell.needs().stream().noneMatch(one -> Address.of(one).equals(address))) {
      throw new IllegalArgumentException(
          "'%s' does not say that it needs '%s'".formatted(cell.title(), needed.title()));
    }
  }
}
