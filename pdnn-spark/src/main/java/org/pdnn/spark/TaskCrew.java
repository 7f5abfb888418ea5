package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.pdnn.sweep.Address;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Crew;

/// The tasks of a Spark application: each cell is a job of one task, so that a cell starts when
/// what it needs is finished, wherever a core is free.
final class TaskCrew implements Crew {
  /// Jobs handed to Spark at once; it queues those that no core is free for.
  private static final int MOST_JOBS = 1_000;

  private final JavaSparkContext spark;
  private final Plan plan;
  private final Path folder;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /// @param folder of the cells, which all machines see
  TaskCrew(JavaSparkContext spark, Plan plan, Path folder) {
    this.spark = spark;
    this.plan = plan;
    this.folder = folder;
  }

  @Override
  public int size() {
    return MOST_JOBS;
  }

  @Override
  public void finish(Cell<?> cell, DoubleConsumer share) throws IOException {
    spark.sc().setJobDescription(cell.title());
    try {
      spark
          .parallelize(List.of(Address.of(cell).name()), 1)
          .foreach(new CellTask(plan, folder.toString()));
    } catch (Exception e) {
      // Spark throws checked exceptions that its signatures do not tell.
      stop(cell, e);
    }
  }

  /// The first cell that fails ends the others, and is what is told.
  private void stop(Cell<?> cell, Exception e) throws IOException {
    if (e instanceof InterruptedException || spark.sc().isStopped()) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    IOException told = new IOException("%s: %s".formatted(cell.title(), Fault.sentence(e)));
    if (failure.compareAndSet(null, told)) {
      spark.sc().cancelAllJobs();
    }
    IOException first = failure.get();
    throw first == null ? told : first;
  }
}
