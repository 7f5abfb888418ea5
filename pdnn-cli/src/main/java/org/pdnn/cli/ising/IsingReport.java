package org.pdnn.cli.ising;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.pdnn.circuit.boltzmann.BoltzmannMachine;
import org.pdnn.energy.Joules;
import org.pdnn.energy.PaperPreset;
import org.pdnn.energy.Technology;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.certificate.Boltzmann;
import org.pdnn.ising.certificate.Certificate;
import org.pdnn.ising.certificate.EffectiveTemperature;
import org.pdnn.ising.certificate.Onsager;
import org.pdnn.ising.certificate.TimeToSolution;
import org.pdnn.ising.dynamics.BetaSchedule;
import org.pdnn.ising.dynamics.Read;
import org.pdnn.ising.dynamics.Reads;
import org.pdnn.ising.dynamics.Samples;
import org.pdnn.ising.dynamics.SweepEnergy;
import org.pdnn.ising.dynamics.Traces;
import org.pdnn.names.Counted;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Figure;
import org.pdnn.report.Form;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;
import org.pdnn.report.Series;
import org.pdnn.report.Table;

/// What `pdnn ising` says of its reads.
final class IsingReport {
  /// States that readers see; files hold all.
  private static final int SHOWN = 10;

  /// Bars of a histogram, at most.
  private static final int BARS = 24;

  /// Points of a curve, at most.
  private static final int POINTS = 100;

  /// The longest solution that readers see.
  private static final int LONGEST = 64;

  private final ProblemArgument.Named named;
  private final Problem problem;
  private final int sweeps;
  private final Technology technology;
  private final OptionalDouble target;
  private final Document document;
  private final List<String> evidence = new ArrayList<>();
  private double seconds;
  private int reads;
  private int replicas;
  private int workers;

  IsingReport(
      ProblemArgument.Named named, int sweeps, Technology technology, OptionalDouble target) {
    this.named = named;
    this.problem = named.problem();
    this.sweeps = sweeps;
    this.technology = technology;
    this.target = target;
    IsingModel model = problem.model();
    this.document =
        new Document(named.name())
            .fact("problem", named.name())
            .fact("spins", model.size())
            .fact("couplings", model.couplings() + model.triples().count())
            .fact("numSweeps", sweeps);
    if (!named.sha256().isEmpty()) {
      document.provenance("problemSha256", named.sha256());
    }
  }

  void fact(String key, Object value) {
    document.fact(key, value);
  }

  void annealed(BetaSchedule schedule) {
    fact("betaFrom", schedule.beta(0));
    fact("betaTo", schedule.beta(schedule.sweeps() - 1));
  }

  void tempered(double[] ladder, int sweepsPerRound, boolean clusters) {
    fact("betaFrom", ladder[0]);
    fact("betaTo", ladder[ladder.length - 1]);
    fact("replicas", ladder.length);
    fact("sweepsPerExchange", sweepsPerRound);
    fact("clusterMoves", clusters);
  }

  /// @param replicas of each read
  /// @param workers threads that had work
  void took(double seconds, int reads, int replicas, int workers) {
    this.seconds = seconds;
    this.reads = reads;
    this.replicas = replicas;
    this.workers = workers;
    fact("numReads", reads);
    fact("elapsedSeconds", seconds);
  }

  /// Whether a time to a solution will be told.
  boolean isTimed() {
    return target.isPresent();
  }

  /// The result of a search.
  void solved(Reads result) {
    List<Found> found = Found.of(problem, result.reads().stream().map(Read::spins).toList());
    Found best = found.getFirst();
    int equal =
        found.stream()
            .filter(each -> each.value() == best.value())
            .mapToInt(Found::occurrences)
            .sum();
    document.headline(
        "%s: %s %s in %s of %s, %s s"
            .formatted(
                named.name(),
                problem.measure(),
                number(best.value()),
                equal,
                Counted.of(reads, "read"),
                rounded(seconds)));
    fact("measure", problem.measure());
    fact("bestValue", best.value());
    fact("bestReads", equal);
    fact("solution", problem.solution(best.spins()));
    target.ifPresent(value -> addTime(found, value));
    if (best.spins().size() <= LONGEST || problem.solution(best.spins()).length() <= LONGEST) {
      evidence.add("Solution: " + problem.solution(best.spins()));
    }
    document
        .lead(evidence)
        .add(energies(result.traces(), replicas == 1 ? "" : "The least until then. "))
        .add(histogram(found))
        .add(tables(found));
  }

  /// Seconds and joules to a hit with odds of 99 %, of one thread.
  private void addTime(List<Found> found, double value) {
    int hits =
        found.stream()
            .filter(each -> problem.reaches(each.value(), value))
            .mapToInt(Found::occurrences)
            .sum();
    double each = seconds * workers / reads;
    TimeToSolution time = TimeToSolution.of(reads, hits, each);
    Joules read =
        SweepEnergy.of(problem.model(), technology, PaperPreset.QMC.convention())
            .times((double) sweeps * replicas);
    fact("targetValue", value);
    fact("hits", hits);
    fact("secondsPerRead", each);
    fact("readNanojoules", read.nanojoules());
    if (hits == 0) {
      evidence.add("No read reached %s; use more --sweeps or --replicas.".formatted(number(value)));
      return;
    }
    fact("secondsToSolution", time.seconds());
    fact("secondsToSolutionLow", time.low());
    if (Double.isFinite(time.high())) {
      fact("secondsToSolutionHigh", time.high());
    }
    double repeats = time.seconds() / each;
    fact("nanojoulesToSolution", read.nanojoules() * repeats);
    evidence.add(
        """
        %s reached in %s of %s: with odds of 99 %% after %s s (%s to %s) of one thread, or \
        %s on %s.\
        """
            .formatted(
                number(value),
                hits,
                Counted.of(reads, "read"),
                rounded(time.seconds()),
                rounded(time.low()),
                rounded(time.high()),
                read.times(repeats),
                technology));
    if (hits < TimeToSolution.FEWEST_HITS) {
      evidence.add(
          "A time that rests on %s is uncertain; use more --reads."
              .formatted(Counted.of(hits, "hit")));
    }
  }

  /// The result of sampling.
  void sampled(Samples samples, Certificate certificate) {
    List<Found> found = Found.of(problem, samples.states());
    double mean = samples.states().stream().mapToDouble(problem::value).average().orElseThrow();
    document.headline(
        "%s: %s at beta %s, %s"
            .formatted(
                named.name(),
                Counted.of(reads, "sample"),
                rounded(samples.beta()),
                certificate.believed() ? "nothing speaks against them" : "not to be believed"));
    certificate.findings().forEach(finding -> evidence.add("Finding: " + finding + "."));
    fact("beta", samples.beta());
    fact("meanValue", mean);
    evidence.add("Mean %s %s.".formatted(problem.measure(), rounded(mean)));
    if (named.name().startsWith("lattice:")) {
      fact("onsagerEnergy", Onsager.energy(samples.beta()) * problem.model().size());
      evidence.add(
          "The infinite lattice (Onsager) has %s for as many spins."
              .formatted(rounded(Onsager.energy(samples.beta()) * problem.model().size())));
    }
    addCertificate(certificate);
    document
        .lead(evidence)
        .add(energies(samples.traces(), ""))
        .add(histogram(found))
        .add(tables(found, samples));
  }

  /// The circuit that draws the samples.
  void built(BoltzmannMachine machine, Path folder) {
    fact("folder", folder.toString());
    fact("elements", machine.elements());
    fact("cyclesPerSweep", machine.cyclesOfSweep());
    document.sentence(
        "Circuit: %s, %s of p-bits, %s cycles for a sweep; make -C %s icarus simulates it."
            .formatted(
                folder,
                Counted.of(machine.elements(), "element"),
                machine.cyclesOfSweep(),
                folder));
  }

  private void addCertificate(Certificate certificate) {
    fact("believed", certificate.believed());
    fact("findings", certificate.findings());
    fact("driftStandardErrors", certificate.drift());
    if (Double.isFinite(certificate.autocorrelation())) {
      fact("autocorrelationSweeps", certificate.autocorrelation());
      evidence.add(
          "Autocorrelation time of the energy %s sweeps; a read lasts %s."
              .formatted(rounded(certificate.autocorrelation()), sweeps));
    }
    if (Double.isFinite(certificate.overlapAutocorrelation())) {
      fact("overlapAutocorrelationSweeps", certificate.overlapAutocorrelation());
      evidence.add(
          "The overlap with a state of low energy has one of %s sweeps."
              .formatted(rounded(certificate.overlapAutocorrelation())));
    }
    certificate
        .temperature()
        .map(EffectiveTemperature::beta)
        .ifPresent(beta -> {
          fact("effectiveBeta", beta.estimate());
          evidence.add(
              "The samples show beta %s (%s to %s)."
                  .formatted(
                      rounded(beta.value()),
                      rounded(beta.estimate().low()),
                      rounded(beta.estimate().high())));
        });
    certificate
        .variation()
        .ifPresent(variation -> {
          fact("totalVariation", variation.value());
          fact("totalVariationFloor", variation.floor());
          fact("totalVariationError", variation.error());
          evidence.add(
              "Total variation from the exact distribution %s; chance leaves %s ± %s."
                  .formatted(
                      rounded(variation.value()),
                      rounded(variation.floor()),
                      rounded(variation.error())));
        });
  }

  /// The states for files, and what readers see of them: the best, or where they are too long, how
  /// many there are of each value.
  private List<Section> tables(List<Found> found) {
    return tables(new Rows<>(found), new Rows<>(first(found)), found);
  }

  /// With the exact probabilities of a small model beside the shares.
  private List<Section> tables(List<Found> found, Samples samples) {
    if (problem.model().size() > Boltzmann.MOST_SPINS) {
      return tables(found);
    }
    Boltzmann exact = Boltzmann.of(problem.model(), samples.beta());
    List<Found> frequent =
        found.stream().sorted(Comparator.comparingInt(Found::occurrences).reversed()).toList();
    Rows<Found> all = new Rows<>(frequent);
    Rows<Found> few = new Rows<>(first(frequent));
    for (Rows<Found> rows : List.of(all, few)) {
      rows.add(Column.of("share", "share").as("%.4f"), each -> (double) each.occurrences() / reads)
          .add(
              Column.of("exactProbability", "exact").as("%.4f"),
              each -> exact.probability(each.spins()));
    }
    return tables(all, few, frequent);
  }

  private List<Section> tables(Rows<Found> all, Rows<Found> few, List<Found> found) {
    for (Rows<Found> rows : List.of(all, few)) {
      rows.add(Column.of("value", problem.measure()), each -> plain(each.value()))
          .add("numOccurrences", "reads", Found::occurrences)
          .add("solution", "solution", each -> problem.solution(each.spins()));
    }
    boolean shown = problem.solution(found.getFirst().spins()).length() <= LONGEST;
    String title =
        found.size() > SHOWN ? "%s of %s states".formatted(SHOWN, found.size()) : "States";
    return List.of(
        (shown ? few.table("states-shown", title) : values(found)).only(Form.TEXT, Form.PAGE),
        all.table("states", "States").only(Form.JSON, Form.CSV));
  }

  /// States and reads of each value, the best values first.
  private Table values(List<Found> found) {
    Map<Double, List<Found>> byValue = new LinkedHashMap<>();
    found.forEach(each -> byValue.computeIfAbsent(each.value(), _ -> new ArrayList<>()).add(each));
    return new Rows<>(first(List.copyOf(byValue.values())))
        .add(Column.of("value", problem.measure()), each -> plain(each.getFirst().value()))
        .add("states", "states", List::size)
        .add("numOccurrences", "reads", each -> each.stream().mapToInt(Found::occurrences).sum())
        .table(
            "states-shown", "Best values", "The states themselves are in --format json and csv.");
  }

  private static <R> List<R> first(List<R> rows) {
    return rows.subList(0, Math.min(SHOWN, rows.size()));
  }

  /// Reads by value; of many values by intervals.
  private Section histogram(List<Found> found) {
    Map<Double, Integer> counts = new TreeMap<>();
    double least = found.stream().mapToDouble(Found::value).min().orElseThrow();
    double most = found.stream().mapToDouble(Found::value).max().orElseThrow();
    double width = (most - least) / BARS;
    boolean few = found.stream().mapToDouble(Found::value).distinct().count() <= BARS;
    for (Found each : found) {
      double interval = Math.min(BARS - 1, Math.floor((each.value() - least) / width));
      double bar = few ? each.value() : least + (interval + 0.5) * width;
      counts.merge(bar, each.occurrences(), Integer::sum);
    }
    List<Point> bars =
        counts.entrySet().stream()
            .map(entry -> Point.of(entry.getKey(), entry.getValue()))
            .toList();
    return new Figure(
            "values",
            "Reads by " + problem.measure(),
            few
                ? "One bar for each value."
                : "Each bar stands in the middle of an interval of %s.".formatted(rounded(width)),
            Axis.linear(capital(problem.measure()), ""),
            Axis.linear("Reads", ""),
            List.of(Series.bars("reads", bars)))
        .only(Form.PAGE);
  }

  /// Energies against sweeps.
  ///
  /// @param what of them, a sentence or nothing
  private static Section energies(Traces traces, String what) {
    List<double[]> reads = traces.energies();
    int stride = Math.ceilDiv(traces.points(), POINTS);
    List<Point> mean = new ArrayList<>();
    List<Point> first = new ArrayList<>();
    for (int point = 0; point < traces.points(); point += stride) {
      int at = point;
      int sweep = (point + 1) * traces.every();
      mean.add(
          Point.of(sweep, reads.stream().mapToDouble(read -> read[at]).average().orElseThrow()));
      first.add(Point.of(sweep, reads.getFirst()[point]));
    }
    return new Figure(
            "energy-by-sweep",
            "Energy against sweeps",
            "%sMean of %s, and the first of them."
                .formatted(what, Counted.of(reads.size(), "read")),
            Axis.linear("Sweep", ""),
            Axis.linear("Energy", ""),
            List.of(Series.line("mean", mean), Series.line("first read", first)))
        .only(Form.PAGE);
  }

  Document document() {
    return document;
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// Whole numbers without a fraction.
  private static Object plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : value;
  }

  /// With as many digits as a reader needs.
  private static String number(double value) {
    return plain(value) instanceof Long whole
        ? whole.toString()
        : String.format(Locale.ROOT, "%.8g", value);
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
