package org.pdnn.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.pdnn.data.DataSets;
import org.pdnn.data.Digits;
import org.pdnn.data.Download;
import org.pdnn.experiment.EnergyGrid;
import org.pdnn.files.InputFile;
import org.pdnn.reproduction.Request;
import org.pdnn.sweep.Cell;

/// What a sweep computes, small enough to travel: every machine makes the same cells of it.
interface Plan extends Serializable {
  /// What the sweep is called: the figure, or the grid's file.
  String name();

  /// The cells that are asked for.
  ///
  /// @throws IOException if data cannot be read
  /// @throws IllegalArgumentException if it asks for what there is not
  List<Cell<?>> cells() throws IOException;

  /// The cells of an experiment.
  ///
  /// @param dataFolder of the data sets, on every machine
  record Figure(Request request, String dataFolder) implements Plan {
    @Override
    public String name() {
      return request.figure();
    }

    @Override
    public List<Cell<?>> cells() throws IOException {
      Download download = Download.fromEnvironment(Download.Progress.NONE);
      return request.cells((name, training, test) ->
          DataSets.open(name, Path.of(dataFolder), new Digits.Sizes(training, test), download));
    }
  }

  /// A grid of energies.
  ///
  /// @param name of its file, without the ending
  /// @param json what is in it
  record Grid(String name, String json) implements Plan {
    private static final int MOST_BYTES = 1 << 20;

    static Grid read(Path file) throws IOException {
      String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
      byte[] bytes = InputFile.read(file, "grid of energies", MOST_BYTES).bytes();
      return new Grid(name, new String(bytes, UTF_8));
    }

    @Override
    public List<Cell<?>> cells() throws IOException {
      return EnergyGrid.read(json.getBytes(UTF_8), name).cells();
    }
  }
}
