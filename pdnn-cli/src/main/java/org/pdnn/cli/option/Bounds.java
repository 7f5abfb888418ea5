package org.pdnn.cli.option;

import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Holds the numbers on the command line to the bounds of their options, [Within].
public final class Bounds {
  /// Threads that one command may start; more only cost memory.
  public static final int THREADS = 1024;

  /// Rounds of a benchmark.
  public static final int ROUNDS = 100_000;

  private Bounds() {}

  /// Checks all options of a command line.
  ///
  /// @throws ParameterException naming the first option whose number is outside, and its bounds
  public static void check(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      Within within = of(option);
      if (within != null && option.getValue() instanceof Number number) {
        // Not below and not above would let NaN through.
        if (!(number.doubleValue() >= within.least() && number.doubleValue() <= within.most())) {
          throw new ParameterException(
              option.command().commandLine(),
              "%s must be %s to %s, got %s"
                  .formatted(
                      option.longestName(), text(within.least()), text(within.most()), number));
        }
      }
    }
    if (parsed.hasSubcommand()) {
      check(parsed.subcommand());
    }
  }

  static @Nullable Within of(ArgSpec argument) {
    return argument.userObject() instanceof AnnotatedElement field
        ? field.getAnnotation(Within.class)
        : null;
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
