package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Joules;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.SpinGlass;
import org.pdnn.ising.certificate.Certificate;
import org.pdnn.ising.certificate.EffectiveTemperature.Fitted;
import org.pdnn.ising.certificate.TimeToSolution;
import org.pdnn.ising.dynamics.Annealing;
import org.pdnn.ising.dynamics.BetaSchedule;
import org.pdnn.ising.dynamics.Read;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.SweepEnergy;
import org.pdnn.ising.dynamics.UpdateOrder;
import org.pdnn.ising.instance.HoneycombSlices;
import org.pdnn.random.Philox;
import org.pdnn.report.Column;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;

/// A network of p-bits of fan-in 5 as the chip of figure 5 runs one: sampled, certified, and priced
/// by the update, the sweep and the solution.
///
/// The paper gives the fan-in and the bits of a weight, and neither size nor topology. Assumed are
/// three neighbours in space and two in Trotter's slices, couplings of +1 in the sampled network
/// and planted frustrated loops in the solved one.
final class Figure5Network {
  private static final int SEED = 1;

  private static final double BETA = 0.25;
  private static final int SAMPLES = 128;
  private static final int SAMPLE_SWEEPS = 200;

  private static final int LOOPS = 400;
  private static final int READS = 256;
  private static final int SOLVE_SWEEPS = 100;

  /// The chip's own, the memory and arithmetic of figure 6, the FPGA of figure 8, physical p-bits.
  private static final List<String> TECHNOLOGIES = List.of("qmc65", "sram65", "fpga-bram", "smtj7");

  private static final Convention CONVENTION = PaperPreset.QMC.convention();

  private final IsingModel sampled = new HoneycombSlices(12, 12, 10).ferromagnet().model();
  private final SpinGlass planted = new HoneycombSlices(8, 8, 8).loops(LOOPS, SEED);

  /// Reads that found the planted energy, and what they take until one is found.
  private final TimeToSolution solution = solve();

  private Figure5Network() {}

  /// Adds what it shows to the page.
  static void addTo(Reproduction page) {
    Figure5Network network = new Figure5Network();
    network.sample(page);
    page.add(network.prices());
  }

  /// In reads in place of seconds.
  private TimeToSolution solve() {
    IsingModel model = planted.model();
    BetaSchedule schedule = BetaSchedule.forModel(model, BetaSchedule.Form.GEOMETRIC, SOLVE_SWEEPS);
    double best = planted.best().orElseThrow();
    int hits = 0;
    for (Read read : annealing(model).run(schedule, READS, 1, sweeps -> {}).reads()) {
      hits += planted.value(read.spins()) <= best ? 1 : 0;
    }
    return TimeToSolution.of(READS, hits, 1);
  }

  private static Annealing annealing(IsingModel model) {
    return new Annealing(model, UpdateOrder.coloured(model), new Philox(SEED));
  }

  private void sample(Reproduction page) {
    Annealing annealing = annealing(sampled);
    long from = System.nanoTime();
    Samples samples = annealing.sample(BETA, SAMPLE_SWEEPS, SAMPLES, 1, sweeps -> {});
    double seconds = (System.nanoTime() - from) / 1e9;
    Certificate certificate = Certificate.of(sampled, samples);
    page.remark(
        assumptions(),
        certified(certificate),
        String.format(
            Locale.ROOT,
            """
            Here a core makes %.0f million updates a second, the only number that another run \
            changes.\
            """,
            (double) SAMPLES * SAMPLE_SWEEPS * sampled.size() / seconds / 1e6),
        String.format(
            Locale.ROOT,
            """
            Of %s annealed reads of %s sweeps, %s have the planted energy of %.0f: with odds of \
            99 %% one of %.1f reads does (%.1f to %.1f).\
            """,
            READS,
            SOLVE_SWEEPS,
            solution.found(),
            planted.best().orElseThrow(),
            solution.seconds(),
            solution.low(),
            solution.high()),
        priced());
  }

  /// On the chip, and what figure 6 has.
  private String priced() {
    Priced chip = new Priced(Technology.named("qmc65"));
    Priced other = new Priced(Technology.named("sram65"));
    return String.format(
        Locale.ROOT,
        """
        By equation 1 an update takes %.2f pJ on the chip, where the paper prints about 0.5, a sweep \
        %.2f nJ, and that solution %.0f nJ; on sram65 %.2f pJ, %.2f nJ and %.0f nJ.\
        """,
        update(chip),
        chip.sweep(sampled).nanojoules(),
        toSolution(chip),
        update(other),
        other.sweep(sampled).nanojoules(),
        toSolution(other));
  }

  private double update(Priced row) {
    return row.sweep(sampled).picojoules() / sampled.size();
  }

  private double toSolution(Priced row) {
    return row.sweep(planted.model()).times(SOLVE_SWEEPS * solution.seconds()).nanojoules();
  }

  private String assumptions() {
    return """
    The paper gives the fan-in of the chip's p-bits, 5, and neither the size nor the topology of its \
    network. Assumed are spins of three neighbours in space, on a honeycomb lattice, and two in \
    Trotter's slices, which the transverse field couples as strongly: %s spins are sampled, %s with \
    %s planted frustrated loops solved.\
    """
        .formatted(sampled.size(), planted.model().size(), LOOPS);
  }

  private static String certified(Certificate certificate) {
    String beta =
        certificate
            .temperature()
            .map(shown -> {
              Fitted fitted = shown.beta();
              return String.format(Locale.ROOT, "beta %.4f ± %.4f", fitted.value(), fitted.error());
            })
            .orElse("no beta");
    return certificate.believed()
        ? String.format(
            Locale.ROOT,
            """
            Nothing speaks against %s samples of it at beta %s: they show %s, and a read lasts %s \
            sweeps of an autocorrelation time of %.1f.\
            """,
            certificate.samples(),
            BETA,
            beta,
            certificate.sweeps(),
            certificate.autocorrelation())
        : "Samples of it are not to be believed: "
            + String.join("; ", certificate.findings())
            + ".";
  }

  private record Priced(Technology technology) {
    Joules sweep(IsingModel model) {
      return SweepEnergy.of(model, technology, CONVENTION);
    }
  }

  private Table prices() {
    return new Rows<>(TECHNOLOGIES.stream().map(Technology::named).map(Priced::new).toList())
        .add("technology", "Technology", row -> row.technology().toString())
        .add(Column.of("updatePicojoules", "An update").in("pJ").as("%.2f"), this::update)
        .add(
            Column.of("sweepNanojoules", "A sweep").in("nJ").as("%.2f"),
            row -> row.sweep(sampled).nanojoules())
        .add(
            Column.of("nanojoulesToSolution", "To a solution").in("nJ").as("%,.0f"),
            this::toSolution)
        .table(
            "fig5-network",
            "A network of fan-in 5: energy of an update, a sweep and a solution",
            """
            Equation 1 with 5 synapses and weights of 8 bits, read for every update. The paper \
            prints about 0.5 pJ for an operation of its chip, qmc65. A sweep updates %s spins; to a \
            solution go, with odds of 99 %%, %.1f reads of %s sweeps over %s spins.\
            """
                .formatted(
                    sampled.size(), solution.seconds(), SOLVE_SWEEPS, planted.model().size()));
  }
}
