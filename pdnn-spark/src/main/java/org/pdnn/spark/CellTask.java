package org.pdnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.function.VoidFunction;
import org.pdnn.sweep.Address;
import org.pdnn.sweep.Threads;

/// Finishes a cell on whatever machine it comes to. Done again, or by two executors at once, it
/// finds the cell finished or waits for it.
///
/// @param folder of the cells, which all machines see
record CellTask(Plan plan, String folder) implements VoidFunction<String> {
  @Override
  public void call(String address) throws IOException {
    try {
      new Threads(Path.of(folder), 1)
          .finish(PlannedCells.of(plan).at(new Address(address)), _ -> {});
    } catch (LinkageError e) {
      // Without its cause, whose message is but the name of a class.
      throw new IOException(
          "a library is missing on this executor (%s); a figure that trains networks needs those of libtorch, which --jars of spark-submit brings"
              .formatted(e.getMessage()));
    }
  }
}
