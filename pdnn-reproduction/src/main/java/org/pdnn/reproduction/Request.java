package org.pdnn.reproduction;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.random.Imperfection;
import org.pdnn.sweep.Cell;

/// An experiment as it is asked for: from the same request and data, every machine makes the same
/// cells.
///
/// @param figure name of the experiment
/// @param data name of the data set, the figure's own or another in its place
/// @param imperfections sources of random words to compare, where those are the subject
public record Request(
    String figure, Budget budget, String data, List<String> imperfections, long seed)
    implements Serializable {
  /// Digits drawn if they stand in for a figure's own data.
  private static final int DIGITS_TRAINING = 20_000;

  private static final int DIGITS_TEST = 4_000;

  public Request {
    imperfections = List.copyOf(imperfections);
  }

  /// Where data sets come from.
  @FunctionalInterface
  public interface Shelf {
    /// Opens a data set.
    ///
    /// @param name of a set, or a folder
    /// @param digitsTraining built-in digits to draw, if it is they
    DataSet open(String name, int digitsTraining, int digitsTest) throws IOException;
  }

  /// The cells of the experiment.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  /// @throws IOException if data or a file of random words cannot be read
  public List<Cell<?>> cells(Shelf shelf) throws IOException {
    return cells(Experiment.named(figure), shelf);
  }

  /// The cells of the experiment as its caller changed it.
  public List<Cell<?>> cells(Experiment experiment, Shelf shelf) throws IOException {
    Experiment compared = experiment;
    if (!imperfections.isEmpty()) {
      List<Imperfection> more = new ArrayList<>();
      for (String notation : imperfections) {
        more.add(Imperfection.read(notation));
      }
      compared = experiment.withImperfections(more);
    }
    DataSet set = shelf.open(data, DIGITS_TRAINING, DIGITS_TEST);
    List<DataSet> further = new ArrayList<>();
    for (String name : compared.further(set)) {
      further.add(shelf.open(name, DIGITS_TRAINING, DIGITS_TEST));
    }
    return compared.cells(budget, set, further, seed);
  }
}
