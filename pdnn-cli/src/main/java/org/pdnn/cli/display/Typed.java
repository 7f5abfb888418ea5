package org.pdnn.cli.display;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Commands as they are typed.
public final class Typed {
  private static final Pattern PLAIN = Pattern.compile("[\\w.,:/=+@%-]+");

  private Typed() {}

  /// A command for a shell, which reads its words back whatever they hold.
  ///
  /// @param words without `pdnn`
  public static String command(List<String> words) {
    return "pdnn " + line(words);
  }

  /// The words of any command, for a shell.
  public static String line(List<String> words) {
    return words.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
