package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.convert.ConversionVerdict;

/// The command that a user of `pdnn convert` runs next, as it is typed.
///
/// @param words of the command that ran, without `pdnn`
/// @param data that it measured on
/// @param out the model file that it wrote
/// @param weights bits that it ran
record NextCommand(List<String> words, String data, Optional<Path> out, String weights) {
  private static final String FINE_TUNE = "--fine-tune";

  /// Epochs that are worth a try where one short one was not enough.
  private static final int MORE = 3;

  private static final Pattern PLAIN = Pattern.compile("[\\w.,:/=+@%-]+");

  /// What suits a verdict.
  String after(Compared compared, FineTuneOptions fineTune) {
    ConversionVerdict verdict = compared.verdict();
    return switch (verdict.advice()) {
      case CONVERT -> onModel("evaluate", "--data", data, "--samples", samples(verdict));
      case FINE_TUNE -> trained(fineTune.epochs());
      case LEAVE ->
          compared.saves() && !fineTune.asked()
              ? trained(fineTune.epochs())
              : onModel("energy", "--samples", samples(verdict));
      case NO_ANSWER -> onModel("predict", "--data", data, "--index", "0");
    };
  }

  private static String samples(ConversionVerdict verdict) {
    return String.valueOf(verdict.samples().orElse(1));
  }

  /// The same command with more training.
  ///
  /// @param epochs that there were
  String trained(int epochs) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(FINE_TUNE)) {
        i++;
      } else if (!words.get(i).startsWith(FINE_TUNE + "=")) {
        changed.add(words.get(i));
      }
    }
    changed.add(FINE_TUNE);
    changed.add(String.valueOf(epochs <= 1 ? MORE : 2 * epochs));
    return typed(changed);
  }

  /// The same command with further options.
  String with(List<String> options) {
    return typed(Stream.concat(words.stream(), options.stream()).toList());
  }

  private String onModel(String command, String... options) {
    List<String> line = new ArrayList<>(List.of(command, out.map(Path::toString).orElse("MODEL")));
    line.addAll(List.of(options));
    if (command.equals("evaluate") && !weights.equals("8")) {
      line.addAll(List.of("--weights", weights));
    }
    return typed(line);
  }

  private static String typed(List<String> line) {
    return line.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "pdnn ", ""));
  }
}
