package org.pdnn.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pdnn.sampling.Workers;

/// Finishes a list of cells and all that they need, several at once.
///
/// Cells that are finished on disk are not run again, whichever sweep finished them; one that
/// another process works on is waited for. A failure or an interrupt stops the sweep; what was
/// finished before stays finished.
public final class Sweep {
  private final CellStore store;
  private final Crew crew;
  private final SweepProgress progress;

  /// A sweep on this machine, each cell on one thread.
  ///
  /// @param cells folder of finished cells
  /// @param threads cells worked on at once
  public Sweep(Path cells, int threads, SweepProgress progress) {
    this(cells, new Threads(cells, threads), progress);
  }

  /// @param cells folder of finished cells
  /// @param crew finishes cells in that folder
  public Sweep(Path cells, Crew crew, SweepProgress progress) {
    this.store = new CellStore(cells);
    this.crew = crew;
    this.progress = progress;
  }

  /// Runs what is not finished yet.
  ///
  /// @return what these cells and all that they need found
  /// @throws CancellationException if this thread is interrupted
  public Findings run(List<? extends Cell<?>> cells) throws IOException {
    Map<Address, Cell<?>> all = all(cells);
    List<Cell<?>> open = new ArrayList<>();
    for (Cell<?> cell : all.values()) {
      if (store.find(cell).isEmpty()) {
        open.add(cell);
      }
    }
    double work = open.stream().mapToDouble(Cell::work).sum();
    progress.begin(open.size(), all.size() - open.size(), work);
    Board board = new Board(open);
    try {
      Workers.forEach(Math.min(crew.size(), open.size()), crew.size(), () -> _ -> work(board));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Entry> entries = new ArrayList<>();
    for (Cell<?> cell : all.values()) {
      entries.add(
          store
              .find(cell)
              .orElseThrow(() -> new IllegalStateException(cell.title() + " is not finished")));
    }
    return new Findings(entries);
  }

  /// What is finished so far of these cells and all that they need; nothing is run.
  public Findings finished(List<? extends Cell<?>> cells) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Cell<?> cell : all(cells).values()) {
      store.find(cell).ifPresent(entries::add);
    }
    return new Findings(entries);
  }

  /// How long what is not finished yet takes, or once more all of it if everything is.
  public Forecast forecast(List<? extends Cell<?>> cells) throws IOException {
    Map<Address, Cell<?>> all = all(cells);
    Map<Address, Double> measured = new HashMap<>();
    double expected = 0;
    for (Map.Entry<Address, Cell<?>> one : all.entrySet()) {
      Optional<Entry> entry = store.find(one.getValue());
      if (entry.isPresent()) {
        measured.put(one.getKey(), entry.get().seconds());
        expected += one.getValue().work();
      }
    }
    if (measured.size() == all.size()) {
      return new Forecast(work(all, measured), Forecast.Basis.MEASURED);
    }
    double taken = measured.values().stream().mapToDouble(Double::doubleValue).sum();
    double unit = expected > 0 ? taken / expected : 1;
    Map<Address, Double> seconds = new HashMap<>();
    all.forEach((address, cell) -> seconds.put(address, cell.work() * unit));
    seconds.keySet().removeAll(measured.keySet());
    return new Forecast(
        work(all, seconds), measured.isEmpty() ? Forecast.Basis.EXPECTED : Forecast.Basis.SCALED);
  }

  /// @param seconds of the cells that are worked on
  private static List<Forecast.Work> work(Map<Address, Cell<?>> all, Map<Address, Double> seconds) {
    Map<Address, Integer> places = new HashMap<>();
    List<Forecast.Work> work = new ArrayList<>();
    all.forEach((address, cell) -> {
      Double taken = seconds.get(address);
      if (taken != null) {
        List<Integer> needs =
            cell.needs().stream()
                .map(needed -> places.get(Address.of(needed)))
                .filter(Objects::nonNull)
                .toList();
        places.put(address, work.size());
        work.add(new Forecast.Work(taken, needs));
      }
    });
    return work;
  }

  /// Where a cell keeps its files.
  public Path folder(Cell<?> cell) {
    return store.folder(cell);
  }

  /// Lets finished cells, and all that they need, be done again.
  public void forget(List<? extends Cell<?>> cells) throws IOException {
    for (Cell<?> cell : all(cells).values()) {
      try (Lock _ = Lock.of(store.folder(cell))) {
        store.forget(cell);
      }
    }
  }

  /// These cells and all that they need; what is needed comes first.
  private static Map<Address, Cell<?>> all(List<? extends Cell<?>> cells) {
    Map<Address, Cell<?>> all = new LinkedHashMap<>();
    cells.forEach(cell -> collect(cell, all));
    return all;
  }

  private static void collect(Cell<?> cell, Map<Address, Cell<?>> all) {
    if (!all.containsKey(Address.of(cell))) {
      cell.needs().forEach(needed -> collect(needed, all));
      all.put(Address.of(cell), cell);
    }
  }

  private void work(Board board) {
    for (Cell<?> cell = board.take(); cell != null; cell = board.take()) {
      boolean finished = false;
      try {
        finish(cell, board);
        finished = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        board.putBack(cell, finished);
      }
    }
  }

  private void finish(Cell<?> cell, Board board) throws IOException {
    crew.finish(cell, share -> progress.done(board.done(cell, share)));
    progress.done(board.done(cell, 1));
    progress.cell(cell.title());
  }

  /// Which cells wait, are worked on, and are done.
  private static final class Board {
    private static final double LITTLE = 1;

    private final List<Cell<?>> waiting;

    /// How much of each cell is done, 0 to 1.
    private final IdentityHashMap<Cell<?>, Double> shares = new IdentityHashMap<>();

    private final IdentityHashMap<Cell<?>, Double> works = new IdentityHashMap<>();
    private final Set<Address> unfinished = new HashSet<>();
    private boolean stopped;

    Board(List<Cell<?>> open) {
      waiting = new ArrayList<>(open);
      open.forEach(cell -> {
        unfinished.add(Address.of(cell));
        works.put(cell, cell.work());
      });
    }

    /// The next cell that needs nothing unfinished; null if there is none left. What takes next to
    /// nothing comes first, so that what is finished so far is of use.
    synchronized @Nullable Cell<?> take() {
      while (!stopped && !waiting.isEmpty()) {
        List<Cell<?>> ready =
            waiting.stream()
                .filter(
                    cell -> cell.needs().stream().map(Address::of).noneMatch(unfinished::contains))
                .toList();
        if (!ready.isEmpty()) {
          Cell<?> next =
              ready.stream()
                  .filter(cell -> cell.work() < LITTLE)
                  .findFirst()
                  .orElse(ready.getFirst());
          waiting.remove(next);
          return next;
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted");
        }
      }
      return null;
    }

    synchronized void putBack(Cell<?> cell, boolean finished) {
      if (finished) {
        unfinished.remove(Address.of(cell));
      } else {
        stopped = true;
      }
      notifyAll();
    }

    /// All the work that is done, now that so much of a cell is. A cell that counts again from 0
    /// does not undo work.
    synchronized double done(Cell<?> cell, double share) {
      shares.merge(cell, share, Math::max);
      return shares.entrySet().stream()
          .mapToDouble(entry -> entry.getValue() * works.getOrDefault(entry.getKey(), 0.0))
          .sum();
    }
  }
}
