package org.pdnn.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in the words of its help.
public final class Wrong {
  private Wrong() {}

  /// The fault, and whose help to see.
  public static String sentence(ParameterException failure) {
    String command =
        failure instanceof UnmatchedArgumentException unmatched
            ? Unknown.moved(unmatched).map(moved -> moved.replaceFirst(" --.*", "")).orElse("")
            : "";
    return "%s; see %s --help"
        .formatted(
            fault(failure),
            command.isEmpty()
                ? failure.getCommandLine().getCommandSpec().qualifiedName()
                : command);
  }

  private static String fault(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    return switch (failure) {
      case UnmatchedArgumentException unmatched -> Unknown.argument(unmatched);
      case MissingParameterException missing when missing.getMissing().size() == 1 ->
          missing(missing.getMissing().getFirst());
      case ParameterException wrong
          when argument != null
              && argument.typeInfo().isEnum()
              && argument.converters().length == 0
              && !(wrong.getCause() instanceof IllegalArgumentException)
              && wrong.getValue() != null ->
          "%s must be %s, got '%s'".formatted(name(argument), choices(argument), wrong.getValue());
      case ParameterException wrong
          when argument != null
              && (wrong.getCause() instanceof TypeConversionException
                  || wrong.getCause() instanceof IllegalArgumentException) ->
          (argument.isOption() ? name(argument) + ": " : "") + wrong.getCause().getMessage();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String missing(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "%s needs a value, %s".formatted(option.longestName(), argument.paramLabel())
        : argument.paramLabel() + " is missing";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String choices(ArgSpec argument) {
    List<String> names =
        Arrays.stream(argument.type().getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .toList();
    return names.stream().limit(names.size() - 1L).collect(Collectors.joining(", "))
        + " or "
        + names.getLast();
  }
}
