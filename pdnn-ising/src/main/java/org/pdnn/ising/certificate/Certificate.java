package org.pdnn.ising.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.Traces;

/// Whether samples can be believed to be those of a model at a beta. No findings: nothing speaks
/// against them.
///
/// @param sweeps of each read before its sample
/// @param autocorrelation of the energy, in sweeps; infinite if longer than what was seen
/// @param overlapAutocorrelation likewise, of the overlap with the best state half-way, by its
///   magnitude where a state and its reverse are alike; infinite where reads keep to the wells that
///   they fell into; that of the energy where no overlaps were recorded
/// @param drift standard errors between the mean energies of the second and the last quarter
/// @param temperature what the samples show; none where no fit is likeliest
/// @param variation from the exact distribution, of a model of at most 20 spins
/// @param findings one sentence each
public record Certificate(
    int samples,
    int sweeps,
    double autocorrelation,
    double overlapAutocorrelation,
    double drift,
    Optional<EffectiveTemperature> temperature,
    Optional<Boltzmann.TotalVariation> variation,
    List<String> findings) {
  /// The fewest samples that errors are computed of.
  static final int FEWEST = 30;

  /// Standard errors from which a deviation is a finding: by chance one in 16,000 (two sides).
  private static final double MOST_ERRORS = 4;

  /// Autocorrelation times that a read should last.
  private static final double LEAST_TIMES = 20;

  public Certificate {
    findings = List.copyOf(findings);
  }

  /// Nothing speaks against the samples.
  public boolean believed() {
    return findings.isEmpty();
  }

  /// Examines samples.
  public static Certificate of(IsingModel model, Samples samples) {
    Traces traces = samples.traces();
    double time = Autocorrelation.time(traces.energies(), traces.half());
    List<double[]> overlaps = overlaps(model, traces);
    double overlapTime = overlaps.isEmpty() ? time : Autocorrelation.time(overlaps, 0);
    double drift = drift(traces.energies(), time);
    Optional<EffectiveTemperature> temperature = EffectiveTemperature.of(model, samples.states());
    Optional<Boltzmann.TotalVariation> variation =
        model.size() > Boltzmann.MOST_SPINS
            ? Optional.empty()
            : Optional.of(Boltzmann.of(model, samples.beta()).variation(samples.states()));
    double energySweeps = time * traces.every();
    double overlapSweeps = overlapTime * traces.every();
    return new Certificate(
        samples.states().size(),
        samples.sweeps(),
        energySweeps,
        overlapSweeps,
        drift,
        temperature,
        variation,
        findings(
            samples,
            energySweeps,
            overlapSweeps,
            Strays.of(model, samples, time),
            drift,
            temperature,
            variation));
  }

  private static List<double[]> overlaps(IsingModel model, Traces traces) {
    return model.symmetric()
        ? traces.overlaps().stream()
            .map(each -> Arrays.stream(each).map(Math::abs).toArray())
            .toList()
        : traces.overlaps();
  }

  private static double drift(List<double[]> traces, double time) {
    int quarter = traces.getFirst().length / 4;
    if (quarter == 0) {
      return 0;
    }
    double early = Autocorrelation.mean(traces, quarter, 2 * quarter);
    double late = Autocorrelation.mean(traces, 3 * quarter, 4 * quarter);
    double variance = Autocorrelation.covariance(traces, 3 * quarter, 0, late);
    double independent = traces.size() * Math.max(1, quarter / (2 * Math.min(time, quarter)));
    return variance == 0 ? 0 : (early - late) / Math.sqrt(2 * variance / independent);
  }

  private static List<String> findings(
      Samples samples,
      double time,
      double overlapTime,
      Strays strays,
      double drift,
      Optional<EffectiveTemperature> temperature,
      Optional<Boltzmann.TotalVariation> variation) {
    List<String> findings = new ArrayList<>();
    if (samples.states().size() < FEWEST) {
      findings.add(
          "too few samples for a judgement, %s; draw at least %s with --reads"
              .formatted(samples.states().size(), FEWEST));
      return findings;
    }
    if (Double.isInfinite(overlapTime)) {
      findings.add(
          "the overlap of reads remembers more than was seen, as they are short or stay in wells;"
              + " use more --sweeps or a lower --beta");
    } else if (Double.isInfinite(time)) {
      findings.add("the energy remembers more than was seen; use more --sweeps");
    } else if (samples.sweeps() < LEAST_TIMES * Math.max(time, overlapTime)) {
      findings.add(
          String.format(
              Locale.ROOT,
              "a read lasts %.1f autocorrelation times, fewer than %.0f; use more --sweeps",
              samples.sweeps() / Math.max(time, overlapTime),
              LEAST_TIMES));
    }
    if (strays.found()) {
      findings.add(
          "%s of %s further reads ended beyond all energies of the first %s; use more --sweeps"
              .formatted(strays.count(), strays.others(), samples.traces().energies().size()));
    }
    if (Math.abs(drift) > MOST_ERRORS) {
      findings.add(
          String.format(
              Locale.ROOT,
              "the energy still moves, by %.1f standard errors; use more --sweeps",
              drift));
    }
    temperature.ifPresent(shown -> {
      if (Math.abs(shown.beta().deviation(samples.beta())) > MOST_ERRORS) {
        findings.add(
            String.format(
                Locale.ROOT,
                "the samples show beta %.4f ± %.4f, and %.4f was asked for",
                shown.beta().value(),
                shown.beta().error(),
                samples.beta()));
      }
      if (Math.abs(shown.bias().deviation(0)) > MOST_ERRORS) {
        findings.add(
            String.format(
                Locale.ROOT,
                "the spins lean to one side, by a bias of %.5f ± %.5f",
                shown.bias().value(),
                shown.bias().error()));
      }
    });
    variation.ifPresent(found -> {
      if (found.excess() > MOST_ERRORS) {
        findings.add(
            String.format(
                Locale.ROOT,
                "total variation from the exact distribution is %.5f, and chance leaves %.5f ± %.5f",
                found.value(),
                found.floor(),
                found.error()));
      }
    });
    return findings;
  }
}
