package org.pdnn.cli.tradeoff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.Within;
import org.pdnn.energy.Joules;
import org.pdnn.report.Section;
import org.pdnn.tradeoff.Question;
import picocli.CommandLine.Option;

/// What "samples or bits?" leaves to the user.
@Heading("Question")
public final class QuestionOptions {
  @Option(
      names = "--within",
      converter = Share.Points.class,
      paramLabel = "POINTS",
      defaultValue = "0.5",
      description =
          "Required accuracy, in points below the deterministic network with the most"
              + " activation bits (default: ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 99)
  private double within = 100 * Question.TOLERANCE;

  @Option(
      names = "--under",
      paramLabel = "ENERGY",
      description = "Also name the best configuration under this energy, as in 500nJ.")
  private @Nullable Joules under;

  /// In shares.
  public double tolerance() {
    return within / 100;
  }

  /// The answer to `--under`, if it was asked for.
  public List<Section> answer(TradeoffDocument found) {
    return under == null ? List.of() : found.under(under);
  }
}
