package org.pdnn.server.passes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Limits;

/// Answers questions by workers that share passes among them.
///
/// A question waits until a worker has room for its inputs, at most until the worker's next piece
/// of passes ends. Answers depend on nothing but the question, unless a deadline cuts them.
public final class Scheduler implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final WaitingLine line;
  private final Answers answers = new Answers();
  private final List<Thread> workers = new ArrayList<>();

  /// @param threads that run passes
  /// @param patience of questions with others
  public Scheduler(int threads, Patience patience) {
    Limits.atLeast("threads", 1, threads);
    this.line = new WaitingLine(patience, threads);
    for (int i = 0; i < threads; i++) {
      workers.add(
          Thread.ofPlatform().daemon().name("passes-" + i).start(new Worker(line, answers)));
    }
  }

  /// Puts a question into work.
  ///
  /// @param arrival when it arrived, by [System#nanoTime]
  /// @throws BusyException if the passes of others would take too long, or the scheduler is closed
  public Work submit(Question question, long arrival) throws BusyException {
    Work work = new Work(question, arrival, answers);
    line.add(work);
    return work;
  }

  /// Inputs that wait for a worker.
  public int waiting() {
    return line.length();
  }

  /// Whether all workers are there.
  public boolean alive() {
    return workers.stream().allMatch(Thread::isAlive);
  }

  /// Takes no more questions, answers those that it has, and ends; after ten seconds it ends
  /// without.
  @Override
  public void close() {
    line.close();
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread worker : workers) {
        worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.forEach(Thread::interrupt);
  }
}
