package org.pdnn.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/// One piece of work of a sweep: a network trained, a curve measured. Two cells of one recipe are
/// one cell.
///
/// @param <R> its results
public interface Cell<R> {
  /// What is done, in a few words: for progress.
  String title();

  /// What kind of cell it is.
  Kind<R> kind();

  /// Everything that the result depends on, and nothing else. Has a text `kind`, the name of
  /// [#kind], which begins the name of the cell's folder; the recipes of the cells that it needs
  /// are part of it.
  ObjectNode recipe();

  /// Expected cost beside that of other cells: seconds on one core of some machine.
  double work();

  /// Cells whose results or files this one reads; they are finished before it begins.
  default List<Cell<?>> needs() {
    return List.of();
  }

  /// Does the work. What is left in the cell's folder by an interrupted run is there again.
  ///
  /// @param context the folder of this cell, and what the others found
  /// @return the result, complete in itself: figures are drawn from it without any file
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  R compute(Context context) throws IOException;
}
