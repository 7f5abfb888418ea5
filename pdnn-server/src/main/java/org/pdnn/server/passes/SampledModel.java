package org.pdnn.server.passes;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pdnn.energy.EnergyBreakdown;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Workload;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.IntegerSampler;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;
import org.pdnn.tradeoff.Pricing;

/// A model that is ready for passes: its samplers, and the price of an input by scheme and T.
public final class SampledModel {
  /// Runs are told apart by powers of two from here on: their first passes are the same.
  private static final int LEAST_RUN = 32;

  /// Inputs in work at once where each has memory of its own.
  private static final int FEW = 4;

  private static final double SMOOTHING = 0.1;

  /// Tests that are kept; a client that asks for more kinds has them made anew.
  private static final int MOST_RULES = 256;

  private final String name;
  private final String version;
  private final Model model;
  private final Precision precision;
  private final Pricing pricing;
  private final Sampler first;
  private final Map<Run, Sampler> samplers = new ConcurrentHashMap<>();
  private final Map<Scheme, EnergyBreakdown> energies = new EnumMap<>(Scheme.class);
  private final Map<Drawn, Joules> prices = new ConcurrentHashMap<>();
  private final Map<SettledKey, StopRule> rules = new ConcurrentHashMap<>();

  private volatile double passNanos;
  private volatile boolean retired;

  private record Drawn(Scheme scheme, int samples) {}

  private record SettledKey(double confidence, Run run) {}

  /// A model under a name.
  ///
  /// @param precision what its passes are computed in
  /// @throws IllegalArgumentException if it cannot be sampled so
  public SampledModel(
      String name, String version, Model model, Precision precision, Pricing pricing) {
    this.name = name;
    this.version = version;
    this.model = model;
    this.precision = precision;
    this.pricing = pricing;
    this.first = precision.sampler(model.network(), shared(LEAST_RUN, Scheme.SCRAMBLED));
    Workload workload = Workload.of(model.network());
    for (Scheme scheme : Scheme.values()) {
      energies.put(scheme, pricing.model(scheme, LastHidden.BITS, precision).breakdown(workload));
    }
  }

  /// The name in addresses.
  public String name() {
    return name;
  }

  /// The version in addresses.
  public String version() {
    return version;
  }

  public Model model() {
    return model;
  }

  public Network network() {
    return model.network();
  }

  /// The technology of [#price].
  public String technology() {
    return pricing.technology().name();
  }

  /// No more questions come: memory that is kept for further ones can go.
  public void retire() {
    retired = true;
  }

  boolean retired() {
    return retired;
  }

  /// Time of a pass of one input beside others, as measured; 0 before the first.
  double passNanos() {
    return passNanos;
  }

  /// A pass has taken so long for each input.
  synchronized void passed(double nanos) {
    passNanos = passNanos == 0 ? nanos : passNanos + SMOOTHING * (nanos - passNanos);
  }

  /// Whether passes differ from each other.
  public boolean random() {
    return network().random();
  }

  /// The predicted energy of an input at T samples.
  public Joules price(Scheme scheme, int samples) {
    return prices.computeIfAbsent(new Drawn(scheme, samples), this::price);
  }

  private Joules price(Drawn drawn) {
    EnergyBreakdown breakdown = energies.get(drawn.scheme());
    if (breakdown == null) {
      throw new IllegalStateException("a scheme has no price");
    }
    return breakdown.at(drawn.samples()).total();
  }

  /// The most samples that cost no more than an energy, 1 to `most`.
  public int affordable(Scheme scheme, Joules energy, int most) {
    int least = 1;
    int greatest = most;
    while (least < greatest) {
      int middle = (least + greatest + 1) >>> 1;
      if (price(scheme, middle).compareTo(energy) <= 0) {
        least = middle;
      } else {
        greatest = middle - 1;
      }
    }
    return least;
  }

  /// The run whose first passes are those of T samples and which many T share; of a scheme without
  /// such prefixes, the run of T samples itself.
  Run shared(int samples, Scheme scheme) {
    if (!random()) {
      return Run.of(1);
    }
    int most =
        scheme.anytime() ? Math.max(LEAST_RUN, Integer.highestOneBit(2 * samples - 1)) : samples;
    return new Run(most, scheme, Averaging.END, LastHidden.BITS);
  }

  /// Inputs that may be in work together.
  int places() {
    return Math.max(FEW, first.together());
  }

  /// A sampler of a run, for one thread.
  ///
  /// @throws IllegalArgumentException if the run needs too much memory
  Sampler sampler(Run run) {
    if (first instanceof IntegerSampler integers) {
      return integers.fork(run);
    }
    if (!run.anytime()) {
      return precision.sampler(network(), run);
    }
    return samplers.computeIfAbsent(run, key -> precision.sampler(network(), key)).fork();
  }

  /// The test whether an input's class is that of all T samples.
  ///
  /// @throws IllegalArgumentException if the confidence is out of range or there is one class
  StopRule rule(double confidence, int samples, Scheme scheme) {
    Run run = new Run(samples, scheme, Averaging.END, LastHidden.BITS);
    SettledKey key = new SettledKey(confidence, run);
    StopRule known = rules.get(key);
    if (known == null) {
      known = new SettledTest(confidence, network(), run);
      if (rules.size() < MOST_RULES) {
        rules.put(key, known);
      }
    }
    return known;
  }
}
