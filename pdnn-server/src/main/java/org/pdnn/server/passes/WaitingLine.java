package org.pdnn.server.passes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Questions whose inputs no worker has taken. Inputs are taken from one question after the other,
/// so that a long one does not keep a short one waiting.
final class WaitingLine {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Work> line = new ArrayDeque<>();

  /// Those in line, and those that workers have taken.
  private final List<Work> open = new ArrayList<>();

  private final Patience patience;
  private final int workers;
  private int waiting;
  private boolean closing;

  /// @param patience of a question with the passes of others
  /// @param workers that share them
  WaitingLine(Patience patience, int workers) {
    this.patience = patience;
    this.workers = workers;
  }

  /// @throws BusyException if the passes of others would take too long, or the line is closed
  void add(Work work) throws BusyException {
    lock.lock();
    try {
      if (closing) {
        throw BusyException.ending();
      }
      open.removeIf(Work::over);
      double others = open.stream().mapToDouble(work::nanosOf).sum() / workers;
      OptionalDouble left = work.nanosLeft();
      if (left.isPresent() ? others > left.getAsDouble() : patience.exceeded(open.size(), others)) {
        throw BusyException.waiting(others);
      }
      open.add(work);
      line.addLast(work);
      waiting += work.waiting();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Inputs that wait.
  int length() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a worker's share of what waits, and waits itself if there is nothing.
  ///
  /// @param wanted whether the worker has room for an input of a question; asked once for each that
  ///   is taken
  /// @param idle whether the worker has nothing else to do
  /// @param taken receives them; none for an idle worker once the line is closed and empty
  void take(Predicate<Work> wanted, boolean idle, List<Item> taken) throws InterruptedException {
    lock.lock();
    try {
      share(wanted, taken);
      while (idle && taken.isEmpty() && !(closing && line.isEmpty())) {
        changed.await();
        share(wanted, taken);
      }
    } finally {
      lock.unlock();
    }
  }

  private void share(Predicate<Work> wanted, List<Item> taken) {
    int share = Math.ceilDiv(waiting, workers);
    int refused = 0;
    while (taken.size() < share && refused < line.size()) {
      Work work = line.removeFirst();
      if (work.cancelled()) {
        waiting -= work.waiting();
      } else if (wanted(wanted, work)) {
        taken.add(work.take());
        waiting--;
        refused = 0;
        if (work.waiting() > 0) {
          line.addLast(work);
        }
      } else {
        line.addLast(work);
        refused++;
      }
    }
  }

  /// A question that cannot even be asked about fails here, as it stands in no line any more.
  private boolean wanted(Predicate<Work> wanted, Work work) {
    try {
      return wanted.test(work);
    } catch (RuntimeException | Error e) {
      waiting -= work.waiting();
      work.failed(new IllegalStateException("the passes of this input could not begin", e));
      throw e;
    }
  }

  /// Takes no more questions; those that wait are answered.
  void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
