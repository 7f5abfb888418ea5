package org.pdnn.server.passes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Questions whose inputs no worker has taken. Inputs are taken from one question after the other,
/// so that a long one does not keep a short one waiting.
final class WaitingLine {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Work> line = new ArrayDeque<>();

  /// Those in line, and those that workers have taken.
  private final List<Work> open = new ArrayList<>();

  private final Duration mostWait;
  private final int workers;
  private int waiting;
  private boolean closing;

  /// @param mostWait that the passes of others may take of a question's time
  /// @param workers that share them
  WaitingLine(Duration mostWait, int workers) {
    this.mostWait = mostWait;
    this.workers = workers;
  }

  /// @throws BusyException if the passes of others would take too long, or the line is closed
  void add(Work work) throws BusyException {
    lock.lock();
    try {
      if (closing) {
        throw new BusyException("the server is ending", true);
      }
      open.removeIf(Work::over);
      double others = open.stream().mapToDouble(work::nanosOf).sum() / workers;
      double most = work.mostWaitNanos(mostWait);
      if (others > most) {
        throw new BusyException(
            String.format(
                Locale.ROOT,
                "the passes of others would take %.1f ms, and this request can wait %.1f ms; try again later",
                others / NANOS_PER_MILLI,
                Math.max(0, most / NANOS_PER_MILLI)),
            false);
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
