package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.pdnn.names.Limits;

/// Shares the inputs 0, 1, ... among threads. Which thread gets which input is chance, so work must
/// depend on the input's index alone.
public final class Workers {
  private Workers() {}

  /// As many threads as the machine has processors.
  public static int all() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// Does every index once and returns when all are done.
  ///
  /// @param worker makes one worker a thread, with scratch memory of its own
  /// @throws CancellationException if this thread is interrupted; the work is then left undone
  public static void forEach(int count, int threads, Supplier<IntConsumer> worker) {
    Limits.atLeast("threads", 1, threads);
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < Math.min(threads, count); thread++) {
        done.add(pool.submit(() -> take(next, count, worker.get())));
      }
      try {
        for (Future<?> future : done) {
          future.get();
        }
      } catch (InterruptedException e) {
        next.set(count);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      } catch (ExecutionException e) {
        next.set(count);
        switch (e.getCause()) {
          case RuntimeException failure -> throw failure;
          case Error failure -> throw failure;
          case null, default -> throw new IllegalStateException(e);
        }
      }
    }
  }

  private static void take(AtomicInteger next, int count, IntConsumer worker) {
    for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
      worker.accept(index);
    }
  }
}
