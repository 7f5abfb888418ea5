package org.pdnn.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.files.AtomicFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Finds out, before a command begins, whether what it shall write can be written: nobody trains
/// for hours into a folder that is read-only.
public final class Destinations {
  private static final Set<String> WRITTEN = Set.of("--out", "--chart", "--results");

  private Destinations() {}

  /// Checks the files and folders that a command line names.
  ///
  /// @throws IOException in one sentence with the path and the remedy
  public static void check(ParseResult line) throws IOException {
    ParseResult command = line;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    if (command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
      return;
    }
    for (OptionSpec option : command.commandSpec().options()) {
      if (WRITTEN.contains(option.longestName()) && option.getValue() instanceof Path path) {
        check(option, path);
      }
    }
  }

  private static void check(OptionSpec option, Path path) throws IOException {
    if (option.longestName().equals("--results")) {
      ResultFile.requireAppendable(path);
    } else {
      boolean folder = option.paramLabel().equals("DIR");
      AtomicFile.requireWritable(folder ? path.resolve("report.html") : path);
    }
  }
}
