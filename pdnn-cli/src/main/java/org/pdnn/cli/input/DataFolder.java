package org.pdnn.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.DownloadDisplay;
import org.pdnn.cli.option.Heading;
import org.pdnn.data.DataSet;
import org.pdnn.data.DataSets;
import org.pdnn.data.Digits;
import org.pdnn.data.Download;
import picocli.CommandLine.Option;

/// Where the data sets lie.
@Heading("Data")
public final class DataFolder {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder of the data sets (default: the variable PDNN_DATA, else the user's cache"
              + " folder).")
  private @Nullable Path folder;

  /// Opens a data set.
  ///
  /// @param name of a set, or a folder
  /// @param digitsTraining built-in digits to draw, if it is they
  public DataSet open(String name, int digitsTraining, int digitsTest) throws IOException {
    try (DownloadDisplay display = new DownloadDisplay()) {
      return DataSets.open(
          name,
          path(),
          new Digits.Sizes(digitsTraining, digitsTest),
          Download.fromEnvironment(display));
    }
  }

  /// The folder.
  public Path path() {
    if (folder != null) {
      return folder;
    }
    String variable = System.getenv("PDNN_DATA");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && !cache.isBlank()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("pdnn");
  }
}
