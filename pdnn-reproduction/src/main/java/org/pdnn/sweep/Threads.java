package org.pdnn.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.DoubleConsumer;
import org.pdnn.evaluation.Environment;
import org.pdnn.names.Limits;

/// Threads that compute cells in this process, each cell on one of them.
public final class Threads implements Crew {
  private final CellStore store;
  private final int size;

  /// @param cells folder of finished cells
  /// @param size cells worked on at once
  public Threads(Path cells, int size) {
    Limits.atLeast("threads", 1, size);
    this.store = new CellStore(cells);
    this.size = size;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void finish(Cell<?> cell, DoubleConsumer share) throws IOException {
    try (Lock lock = Lock.of(store.folder(cell))) {
      if (store.find(cell).isEmpty()) {
        compute(cell, share);
      }
      lock.finished();
    }
  }

  private <R> void compute(Cell<R> cell, DoubleConsumer share) throws IOException {
    requireNeeds(cell);
    long start = System.nanoTime();
    R found = cell.compute(new Context(store, cell, share));
    double seconds = (System.nanoTime() - start) * 1e-9;
    store.keep(
        cell,
        new Entry(
            store.folder(cell).toString(),
            cell.recipe(),
            cell.kind().write(found),
            provenance(seconds)));
  }

  /// What another machine finished may not be seen here.
  private void requireNeeds(Cell<?> cell) throws IOException {
    for (Cell<?> needed : cell.needs()) {
      if (store.find(needed).isEmpty()) {
        throw new IOException(
            "%s is not in %s; all machines must see one folder of cells"
                .formatted(needed.title(), store.folder(needed)));
      }
    }
  }

  private static ObjectNode provenance(double seconds) {
    Environment here = Environment.here();
    return JsonNodeFactory.instance
        .objectNode()
        .put("seconds", Math.round(seconds * 1000) / 1000.0)
        .put("version", here.version())
        .put("jdk", here.jdk())
        .put("cpu", here.cpu())
        .put("processors", here.processors())
        .put("time", Instant.now().toString());
  }
}
