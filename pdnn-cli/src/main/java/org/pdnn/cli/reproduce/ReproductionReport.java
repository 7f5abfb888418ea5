package org.pdnn.cli.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.evaluation.Environment;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Part;
import org.pdnn.report.Prose;
import org.pdnn.report.Section;
import org.pdnn.report.Table;
import org.pdnn.reproduction.Claim;
import org.pdnn.reproduction.Ordering;
import org.pdnn.reproduction.Reproduction;
import org.pdnn.reproduction.Verdict;
import org.pdnn.sweep.Findings;

/// Reproduced figures as a report: what came of it in one sentence, then the charts, the numbers
/// and the reasons of each figure.
final class ReproductionReport {
  private static final String PAPER =
      "L. A. Ghantasala et al., npj Unconventional Computing 3:18 (2026),"
          + " doi:10.1038/s44335-026-00063-7";

  /// When a number counts as reproduced.
  static final String RULE =
      "Reproduced is what rounds to the printed digits or differs by at most 0.01 %.";

  private final List<Reproduction> figures;
  private final Findings findings;

  /// @param findings of the experiments among the figures
  ReproductionReport(List<Reproduction> figures, Findings findings) {
    this.figures = figures;
    this.findings = findings;
  }

  /// How many numbers, and how many orderings, have which verdict.
  String verdict() {
    List<String> sentences = new ArrayList<>();
    List<Claim> claims = figures.stream().flatMap(figure -> figure.claims().stream()).toList();
    if (!claims.isEmpty()) {
      sentences.add(
          "%d printed numbers: %s. %s"
              .formatted(
                  claims.size(), counts(claims.stream().map(Claim::verdict).toList()), RULE));
    }
    List<Ordering> orderings =
        figures.stream().flatMap(figure -> figure.orderings().stream()).toList();
    if (!orderings.isEmpty()) {
      long held = orderings.stream().filter(one -> one.verdict() == Verdict.REPRODUCED).count();
      sentences.add(
          "%d of %d orderings hold beyond their 95 %% intervals."
              .formatted(held, orderings.size()));
    }
    if (sentences.isEmpty()) {
      sentences.add("No number of the paper stands beside these.");
    }
    return String.join(" ", sentences);
  }

  private static String counts(List<Verdict> verdicts) {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = verdicts.stream().filter(verdict::equals).count();
      if (count > 0) {
        parts.add(count + " " + words(verdict));
      }
    }
    return String.join(", ", parts);
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> "reproduced";
      case EXPLAINED -> "different for a stated reason";
      case NOT_REPRODUCED -> "that cannot be reproduced";
      case NOT_COMPUTED -> "not computed here";
    };
  }

  Document build() {
    return Document.of(
        figures.size() == 1 ? figures.getFirst().title() : "The paper's figures, computed again",
        verdict(),
        figures.stream().flatMap(this::sections).toList(),
        provenance());
  }

  /// What is computed at once is computed here; what was found, where its cells say.
  SequencedMap<String, String> provenance() {
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("paper", PAPER);
    if (figures.stream().anyMatch(ReproductionReport::isComputedAtOnce)) {
      Environment here = Environment.here();
      provenance.put("version", here.version());
      provenance.put("jdk", here.jdk());
      provenance.put("cpu", here.cpu());
    }
    provenance.putAll(findings.provenance());
    return provenance;
  }

  private static boolean isComputedAtOnce(Reproduction figure) {
    return Reproduction.all().stream().anyMatch(one -> one.name().equals(figure.name()));
  }

  private Stream<Section> sections(Reproduction figure) {
    List<String> notes = ClaimTables.notes(figure.claims());
    List<String> numbered =
        IntStream.range(0, notes.size())
            .mapToObj(i -> "[%d] %s".formatted(i + 1, notes.get(i)))
            .toList();
    List<Section> sections = new ArrayList<>();
    if (figures.size() > 1) {
      sections.add(new Part(figure.heading()));
    }
    sections.addAll(figure.items());
    if (!figure.orderings().isEmpty()) {
      sections.add(orderings(figure));
    }
    if (!figure.claims().isEmpty()) {
      sections.add(table(figure, notes));
    }
    List<String> paragraphs = new ArrayList<>(figure.remarks());
    paragraphs.addAll(numbered);
    sections.add(new Prose("Notes", paragraphs));
    return sections.stream();
  }

  private static Table orderings(Reproduction figure) {
    return new Table(
        figure.name() + "-orderings",
        "What must be larger than what",
        "Differences with 95 % intervals; an ordering holds if the whole interval is above 0.",
        Stream.of("Statement", "Where", "Difference", "Low", "High", "Unit", "Verdict")
            .map(name -> Column.named(name, ""))
            .toList(),
        figure.orderings().stream()
            .map(one ->
                List.of(
                    Cell.text(one.statement()),
                    Cell.text(one.place()),
                    Cell.number(one.difference(), "%+.2f"),
                    Cell.number(one.low(), "%+.2f"),
                    Cell.number(one.high(), "%+.2f"),
                    Cell.text(one.unit()),
                    Cell.text(one.words())))
            .toList());
  }

  private static Table table(Reproduction figure, List<String> notes) {
    return new Table(
        figure.name() + "-claims",
        "Printed numbers beside ours (the paper's %s)".formatted(figure.place()),
        RULE,
        Stream.of("Quantity", "Where", "Unit", "Ours", "Paper", "Difference", "Verdict", "Note")
            .map(name -> Column.named(name, ""))
            .toList(),
        figure.claims().stream().map(claim -> row(claim, notes)).toList());
  }

  private static List<Cell> row(Claim claim, List<String> notes) {
    return List.of(
        Cell.text(claim.quantity()),
        Cell.text(claim.place()),
        Cell.text(claim.unit()),
        claim.ours().isEmpty()
            ? Cell.text("–")
            : new Cell.Shown(claim.ours().getAsDouble(), ClaimTables.ours(claim)),
        new Cell.Shown(claim.printed().doubleValue(), ClaimTables.printed(claim)),
        claim.relativeDifference().isEmpty()
            ? Cell.text("–")
            : new Cell.Shown(
                claim.relativeDifference().getAsDouble(), ClaimTables.difference(claim)),
        Cell.text(claim.verdict().toString()),
        Cell.text(ClaimTables.note(claim, notes)));
  }
}
