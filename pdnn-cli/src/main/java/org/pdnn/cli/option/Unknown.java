package org.pdnn.cli.option;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pdnn.names.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a word on the command line that nothing takes was probably meant to be.
public final class Unknown {
  /// Options of `pdnn evaluate` that became commands.
  private static final Map<String, String> MOVED =
      Map.of(
          "--explain", "explain",
          "--firing-rates", "firing-rates",
          "--per-class", "confusion",
          "--until-confident", "early-stop --confidence");

  private Unknown() {}

  /// The command that an option became.
  static Optional<String> moved(UnmatchedArgumentException failure) {
    String name = failure.getUnmatched().getFirst().split("=", 2)[0];
    return failure.getCommandLine().getCommandSpec().name().equals("evaluate")
        ? Optional.ofNullable(MOVED.get(name)).map(command -> "pdnn " + command)
        : Optional.empty();
  }

  static String argument(UnmatchedArgumentException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String word = failure.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      String name = word.split("=", 2)[0];
      Optional<String> moved = moved(failure);
      if (moved.isPresent()) {
        return "%s is a command of its own, %s".formatted(name, moved.get());
      }
      Set<String> known = new HashSet<>(command.optionsMap().keySet());
      known.addAll(command.negatedOptionsMap().keySet());
      return "unknown option '%s'%s".formatted(name, Nearest.suggestion(name, known));
    }
    return command.subcommands().isEmpty()
        ? "unexpected argument '%s'".formatted(word)
        : command(command, word);
  }

  public static String command(CommandSpec of, String word) {
    return "unknown command '%s'%s"
        .formatted(word, Nearest.suggestion(word, of.subcommands().keySet()));
  }
}
