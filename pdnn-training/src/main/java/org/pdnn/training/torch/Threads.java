package org.pdnn.training.torch;

import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// Work in libtorch with one number of threads per operation, until it is closed.
///
/// libtorch and OpenBLAS keep that number for the whole process, and the order of their sums
/// depends on it. So work of equal numbers runs side by side, and work of another number waits for
/// its turn.
final class Threads implements AutoCloseable {
  /// Held by those who wait, first come first served: nobody overtakes them.
  private static final ReentrantLock QUEUE = new ReentrantLock(true);

  private static final Object STATE = new Object();
  private static final ThreadLocal<Integer> OF_THIS_CALLER = ThreadLocal.withInitial(() -> 0);
  private static int count;
  private static int running;

  private Threads() {}

  /// Waits until nobody works with another number.
  ///
  /// @param threads at least 1
  static Threads use(int threads) {
    QUEUE.lock();
    try {
      synchronized (STATE) {
        if (count != threads) {
          waitUntilNobodyWorks();
          openblas_nolapack.blas_set_num_threads(threads);
          count = threads;
        }
        running++;
      }
    } finally {
      QUEUE.unlock();
    }
    // OpenMP keeps its number for each calling thread apart.
    if (OF_THIS_CALLER.get() != threads) {
      torch.set_num_threads(threads);
      OF_THIS_CALLER.set(threads);
    }
    return new Threads();
  }

  /// Without end on an interrupt: a step is short, and the trainer looks for interrupts after it.
  private static void waitUntilNobodyWorks() {
    boolean interrupted = false;
    while (running > 0) {
      try {
        STATE.wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (STATE) {
      running--;
      STATE.notifyAll();
    }
  }
}
