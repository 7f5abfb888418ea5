package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.SampledCurves.Sampled;
import org.pdnn.reproduction.SampledCurves.Value;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// What samples are worth by scheme, drawn from findings.
final class SchemesReport extends ExperimentReport {
  /// How many independent passes are asked for.
  private static final int ASKED = 10;

  /// At which T the schemes are compared.
  private static final int COMPARED = 8;

  private static final Axis SAMPLES = Axis.log2("Samples T", "").withTicks(1, 2, 4, 8, 16, 32);
  private static final Axis WORTH = Axis.log2("Independent passes N_eq", "");

  private final List<Sampled> curves;
  private final List<Found<VarianceDecomposition>> variances;

  /// N_eq that scrambled passes with expectation are to reach at T = 8.
  private final double target;

  SchemesReport(
      Experiment experiment,
      Findings findings,
      List<Sampled> curves,
      List<Found<VarianceDecomposition>> variances,
      double target) {
    super(experiment, "", findings);
    this.curves = curves;
    this.variances = variances;
    this.target = target;
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("the findings hold nothing of " + experiment.name());
    }
  }

  private List<String> networks() {
    return curves.stream().map(Sampled::network).distinct().toList();
  }

  @Override
  public List<Ordering> orderings() {
    List<Ordering> orderings = new ArrayList<>();
    for (Sampled curve : curves) {
      if (curve.scheme().equals("scrambled")) {
        boolean expects = curve.lastHidden().equals("expectation");
        double least = expects ? target : COMPARED;
        curve
            .equivalentSamples(COMPARED)
            .ifPresent(worth ->
                orderings.add(
                    worth.above(
                        new Value(least, least, least),
                        String.format(
                            Locale.ROOT,
                            "%s, scrambled, %s: %d passes worth more than %.0f",
                            curve.network(),
                            curve.lastHidden(),
                            COMPARED,
                            least),
                        "independent passes")));
      }
    }
    return orderings;
  }

  @Override
  List<String> notes() {
    Sampled first = curves.getFirst();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%s images, %s noise seeds; sampler: %s. Intervals of N_eq are jackknife intervals over images."
            .formatted(
                first.recipe().word("images"),
                first.recipe().word("seeds"),
                first.recipe().word("sampler")));
    if (!variances.isEmpty()) {
      remarks.add(
          "Additive is the share of the variance that single words have: schemes remove it and"
              + " leave the rest, so that N_eq is about T / (1 - additive).");
    }
    return remarks;
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>();
    for (String network : networks()) {
      List<Series> series = new ArrayList<>();
      for (Sampled curve : curves) {
        if (curve.network().equals(network) && !curve.worth().isEmpty()) {
          series.add(line(curve));
        }
      }
      if (!series.isEmpty()) {
        items.add(
            new Figure(
                slug(network),
                "What T passes are worth, %s".formatted(network),
                "How many independent passes of bits T passes are worth, one colour per scheme."
                    + " Solid: bits in the last hidden layer. Dashed: its expectation. Bands are"
                    + " 95 % intervals over images.",
                SAMPLES,
                WORTH,
                series));
      }
    }
    items.add(tenSamples());
    if (!variances.isEmpty()) {
      items.add(shares());
    }
    return items;
  }

  private static Series line(Sampled curve) {
    String scheme = curve.scheme();
    return curve.lastHidden().equals("bits")
        ? Series.line(scheme, curve.worth())
        : Series.line(scheme + ", expectation", curve.worth()).of(scheme).in(Series.Stroke.DASHED);
  }

  private String slug(String words) {
    return name() + "-" + words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /// How many samples equal ten independent ones.
  private Table tenSamples() {
    List<Integer> samples = curves.getFirst().samples();
    List<Column> columns = new ArrayList<>();
    for (String heading : List.of("Network", "Scheme", "Last hidden layer")) {
      columns.add(Column.named(heading, ""));
    }
    samples.forEach(count -> columns.add(Column.named("T = " + count, "N_eq")));
    columns.add(Column.named("T worth " + ASKED, "samples"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Sampled curve : curves) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(curve.network()));
      row.add(Cell.text(curve.scheme()));
      row.add(Cell.text(curve.lastHidden()));
      for (int count : samples) {
        row.add(
            Cell.text(
                curve.equivalentSamples(count).map(value -> value.words("%.1f")).orElse("–")));
      }
      row.add(
          curve
              .samplesWorth(ASKED)
              .map(value -> Cell.number(value, "%.1f"))
              .orElse(Cell.text("–")));
      rows.add(row);
    }
    return new Table(
        slug("ten"),
        "How many samples equal %s independent ones".formatted(ASKED),
        "Between the measured T by a straight line through logarithms; 1 where a single pass is"
            + " worth as much, – where no T is.",
        columns,
        rows);
  }

  private Table shares() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Found<VarianceDecomposition> found : variances) {
      String network = SampledCurves.networkOf(found.recipe(), "neuron");
      VarianceDecomposition result = found.result();
      for (VarianceDecomposition.LayerShare layer : result.layers()) {
        rows.add(
            row(network, "layer " + layer.layer(), percent(layer.main()), percent(layer.total())));
      }
      rows.add(additive(network, "units", result.units()));
      rows.add(additive(network, "pools", result.pools()));
    }
    return new Table(
        slug("variance"),
        "Where the variance of a pass comes from",
        "Main: what a layer's words have alone. Total: what vanishes without them.",
        List.of(
            Column.named("Network", ""),
            Column.named("Part", ""),
            Column.named("Main", "%"),
            Column.named("Total", "%")),
        rows);
  }

  private static List<Cell> additive(
      String network, String part, VarianceDecomposition.Additive bounds) {
    return row(
        network,
        "additive by " + part,
        "at least " + percent(bounds.least()),
        "at most " + percent(bounds.most()));
  }

  private static List<Cell> row(String... words) {
    return Stream.of(words).map(Cell::text).toList();
  }

  private static String percent(Estimate share) {
    return Value.of(share, 100).words("%.1f");
  }
}
