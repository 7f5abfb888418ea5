package org.pdnn.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.files.AtomicFile;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Finds out, before a command begins, whether what it shall write can be written, and what that
/// replaces: nobody trains for hours into a folder that is read-only, or over what is read.
public final class Destinations {
  private static final Set<String> WRITTEN = Set.of("--out", "--chart", "--results");

  private Destinations() {}

  /// Checks the files and folders that a command line names.
  ///
  /// @return the files that are there and will be replaced
  /// @throws IOException in one sentence with the path and the remedy
  /// @throws ParameterException if a file would be replaced that the command reads
  public static List<Path> check(ParseResult line) throws IOException {
    ParseResult command = line;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    List<Path> replaced = new ArrayList<>();
    if (command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
      return replaced;
    }
    for (OptionSpec option : command.commandSpec().options()) {
      if (written(option) && option.getValue() instanceof Path path && check(option, path)) {
        requireNotRead(command.commandSpec(), path);
        replaced.add(path);
      }
    }
    return replaced;
  }

  private static boolean written(ArgSpec argument) {
    return argument instanceof OptionSpec option && WRITTEN.contains(option.longestName());
  }

  /// @return whether a file is there that will be replaced
  private static boolean check(OptionSpec option, Path path) throws IOException {
    if (option.longestName().equals("--results")) {
      ResultFile.requireAppendable(path);
      return false;
    }
    if (option.paramLabel().equals("DIR")) {
      AtomicFile.requireWritableFolder(path);
      Path page = path.resolve("report.html");
      if (Files.exists(page)) {
        AtomicFile.requireWritable(page);
      }
      return false;
    }
    return AtomicFile.requireWritable(path);
  }

  private static void requireNotRead(CommandSpec command, Path out) {
    for (ArgSpec argument : command.args()) {
      Object value = argument.getValue();
      List<?> values = value instanceof List<?> list ? list : Arrays.asList(value);
      if (!written(argument) && values.stream().anyMatch(one -> same(one, out))) {
        throw new ParameterException(
            command.commandLine(), "%s is an input; name another file by --out".formatted(out));
      }
    }
  }

  private static boolean same(@Nullable Object value, Path out) {
    try {
      return (value instanceof Path || value instanceof String)
          && Files.exists(Path.of(value.toString()))
          && Files.isSameFile(Path.of(value.toString()), out);
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }
}
