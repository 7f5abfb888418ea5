package org.pdnn.cli.advise;

import static java.util.Comparator.comparingDouble;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.cli.tradeoff.TradeoffDocument;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.report.Fact;
import org.pdnn.report.Section;
import org.pdnn.report.Sentence;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Setting;

/// The best number of samples within a time: how long one input takes on one core of this machine,
/// by pdnn's engine.
record LatencyAnswer(Network pdnn, Precision precision, LabelledInputs inputs, Duration limit) {
  private static final int INPUTS = 40;
  private static final int WARM = 10;

  /// A configuration and its time.
  private record Timed(Configuration configuration, Duration takes) {}

  List<Section> of(TradeoffDocument found) {
    Optional<Timed> best =
        found.tradeoff().configurations().stream()
            .flatMap(this::timed)
            .filter(one -> one.takes().compareTo(limit) < 0)
            .max(comparingDouble(one -> one.configuration().accuracy().value()));
    return best.<List<Section>>map(one ->
            List.of(
                new Sentence(
                    "Under %s on one core of this machine: %s, in %s."
                        .formatted(
                            words(limit),
                            found.names().reach(one.configuration()),
                            words(one.takes()))),
                new Fact("bestUnderLatency", found.names().facts(one.configuration())),
                new Fact("latencyMilliseconds", one.takes().toNanos() / 1e6)))
        .orElseGet(() ->
            List.of(
                new Sentence(
                    "No number of samples takes less than %s on one core of this machine."
                        .formatted(words(limit)))));
  }

  private Stream<Timed> timed(Configuration one) {
    Setting setting = one.setting();
    return setting.scheme().stream().map(scheme -> new Timed(one, median(setting, scheme)));
  }

  private Duration median(Setting setting, Scheme scheme) {
    Run run = new Run(setting.samples(), scheme, Averaging.END, setting.last());
    Sampler sampler = precision.sampler(pdnn, run);
    Philox words = new Philox(1);
    float[] input = new float[pdnn.input().size()];
    long[] times = new long[INPUTS];
    for (int i = -WARM; i < INPUTS; i++) {
      inputs.read(Math.floorMod(i, inputs.count()), input);
      long start = System.nanoTime();
      sampler.passes(input, i, words);
      if (i >= 0) {
        times[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    return Duration.ofNanos(times[INPUTS / 2]);
  }

  private static String words(Duration time) {
    return String.format(Locale.ROOT, "%.3g ms", time.toNanos() / 1e6);
  }
}
