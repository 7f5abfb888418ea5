package org.pdnn.cli.ising;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.BetaSchedule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--beta` and `--schedule`: the inverse temperatures.
@Heading("Temperature")
final class BetaOption {
  /// From one beta to another, or the steps of a schedule of one's own.
  record Betas(List<Double> values, boolean range) {
    static Betas parse(String text) {
      boolean range = text.contains("..");
      String[] words = text.split(range ? "\\.\\." : ",", -1);
      List<Double> values;
      try {
        values = Arrays.stream(words).map(String::strip).map(Double::valueOf).toList();
      } catch (NumberFormatException e) {
        throw wrong(text);
      }
      if (range && values.size() != 2) {
        throw wrong(text);
      }
      return new Betas(values, range);
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "'%s' is neither one beta, FROM..TO as in 0.1..3, nor a list as in 0.1,0.5,2"
              .formatted(text));
    }
  }

  @Option(
      names = "--beta",
      paramLabel = "FROM..TO|LIST",
      converter = Converter.class,
      description =
          "Inverse temperature: one, from one to another, or a schedule of your own, each of its"
              + " values for an equal share of the sweeps (default: for --sample 1; otherwise from"
              + " odds of 2 for the greatest input to odds of 100 for the weakest).")
  private @Nullable Betas betas;

  @Option(
      names = "--schedule",
      paramLabel = "geometric|linear",
      description = "How --beta goes FROM..TO (default: geometric).")
  private BetaSchedule.@Nullable Form form;

  /// Whether --schedule was given.
  boolean hasForm() {
    return form != null;
  }

  /// Reads betas.
  static final class Converter implements ITypeConverter<Betas> {
    @Override
    public Betas convert(String text) {
      return Betas.parse(text);
    }
  }

  /// The schedule of an annealing.
  BetaSchedule schedule(IsingModel model, int sweeps) {
    BetaSchedule.Form chosen = form == null ? BetaSchedule.Form.GEOMETRIC : form;
    if (betas == null) {
      return BetaSchedule.forModel(model, chosen, sweeps);
    }
    List<Double> values = betas.values;
    if (betas.range) {
      return BetaSchedule.of(chosen, values.getFirst(), values.getLast(), sweeps);
    }
    if (values.size() > sweeps) {
      throw new IllegalArgumentException(
          "a list of %s betas takes as many --sweeps, got %s".formatted(values.size(), sweeps));
    }
    double[] each = new double[sweeps];
    for (int sweep = 0; sweep < sweeps; sweep++) {
      each[sweep] = values.get((int) ((long) sweep * values.size() / sweeps));
    }
    return BetaSchedule.custom(each);
  }

  /// The one beta of samples.
  ///
  /// @throws IllegalArgumentException if there are several
  double one() {
    if (betas == null) {
      return 1;
    }
    if (betas.values.size() != 1) {
      throw new IllegalArgumentException("--sample is at one --beta, as in --beta 0.5");
    }
    return betas.values.getFirst();
  }

  /// The betas of a ladder: ends and form of a schedule, or those that were listed.
  double[] ladder(IsingModel model, int rungs) {
    if (betas != null && !betas.range && betas.values.size() != rungs) {
      throw new IllegalArgumentException(
          "--replicas %s takes %s betas, or --beta FROM..TO; got %s"
              .formatted(rungs, rungs, betas.values.size()));
    }
    BetaSchedule schedule = schedule(model, rungs);
    double[] values = new double[rungs];
    for (int k = 0; k < rungs; k++) {
      values[k] = schedule.beta(k);
    }
    return values;
  }
}
