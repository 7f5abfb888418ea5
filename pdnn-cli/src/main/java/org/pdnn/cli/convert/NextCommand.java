package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.cli.display.Typed;
import org.pdnn.tradeoff.Trial;

/// The command that a user of `pdnn convert` runs next, as it is typed.
///
/// @param words of the command that ran, without `pdnn`
/// @param data that it measured on
/// @param out the model file that it wrote
/// @param weights bits that it ran
record NextCommand(List<String> words, String data, Optional<Path> out, String weights) {
  /// What is converted without a file to write.
  static final Path MODEL = Path.of("MODEL");

  private static final String FINE_TUNE = "--fine-tune";

  /// Epochs that are worth a try where one short one was not enough.
  private static final int MORE = 3;

  /// What suits an advice.
  ///
  /// @param test images that there are
  String after(Advice advice, FineTuneOptions fineTune, ImageOptions images, int test) {
    return switch (advice.kind()) {
      case CONVERT -> onModel("evaluate", "--data", data, "--samples", samples(advice));
      case FINE_TUNE -> trained(fineTune.epochs());
      case LEAVE ->
          advice.undecided() && images.more(test) > images.count()
              ? with(ImageOptions.NAME, images.more(test))
              : advice.saves() && !fineTune.asked()
                  ? trained(fineTune.epochs())
                  : onModel("energy", "--samples", samples(advice));
      case NO_ANSWER ->
          advice.question().trials().stream().noneMatch(Trial::random)
              ? with(List.of("--explain"))
              : advice.verdict().bits().isPresent()
                  ? onModel("energy", "--samples", samples(advice), "--layers")
                  : onModel("predict", "--data", data, "--index", "0");
    };
  }

  private static String samples(Advice advice) {
    return advice
        .verdict()
        .samples()
        .map(one -> String.valueOf(one.setting().samples()))
        .orElse("1");
  }

  /// The same command with more training.
  ///
  /// @param epochs that there were
  String trained(int epochs) {
    return with(FINE_TUNE, epochs <= 1 ? MORE : 2 * epochs);
  }

  /// The same command with an option that it may have had already.
  private String with(String option, int value) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(option)) {
        i++;
      } else if (!words.get(i).startsWith(option + "=")) {
        changed.add(words.get(i));
      }
    }
    changed.add(option);
    changed.add(String.valueOf(value));
    return Typed.command(changed);
  }

  /// The same command with further options.
  String with(List<String> options) {
    return Typed.command(Stream.concat(words.stream(), options.stream()).toList());
  }

  private String onModel(String command, String... options) {
    List<String> line = new ArrayList<>(List.of(command, out.orElse(MODEL).toString()));
    line.addAll(List.of(options));
    if (command.equals("evaluate") && !weights.equals("8")) {
      line.addAll(List.of("--weights", weights));
    }
    return Typed.command(line);
  }
}
