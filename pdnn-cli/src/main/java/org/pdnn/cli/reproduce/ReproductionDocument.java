package org.pdnn.cli.reproduce;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Group;
import org.pdnn.report.Interval;
import org.pdnn.report.Part;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;
import org.pdnn.report.Sentence;
import org.pdnn.report.Table;
import org.pdnn.reproduction.Claim;
import org.pdnn.reproduction.Ordering;
import org.pdnn.reproduction.Reproduction;
import org.pdnn.reproduction.Verdict;
import org.pdnn.sweep.Findings;

/// Reproduced figures: our numbers beside the paper's, what holds, and the notes of each figure; on
/// a page also their charts.
final class ReproductionDocument {
  private static final String PAPER =
      "L. A. Ghantasala et al., npj Unconventional Computing 3:18 (2026),"
          + " doi:10.1038/s44335-026-00063-7";

  /// When a number counts as reproduced.
  private static final String RULE =
      "Reproduced is what rounds to the printed digits or differs by at most 0.01 %.";

  private ReproductionDocument() {}

  /// @param findings of the experiments among the figures
  static Document of(List<Reproduction> figures, Findings findings) {
    String verdict = verdict(figures);
    Document document =
        new Document(
            figures.size() == 1
                ? figures.getFirst().title()
                : "The paper's figures, computed again");
    document
        .fact("verdict", verdict)
        .add(new Group("figures", figures.stream().map(ReproductionDocument::numbers).toList()))
        .headline(verdict);
    for (Reproduction figure : figures) {
      if (figures.size() > 1) {
        document.add(new Part(figure.heading()).only(Form.PAGE));
      }
      figure.items().forEach(item -> document.add(item.only(Form.PAGE)));
      results(figure.name() + "-", RULE, figure)
          .forEach(section -> document.add(section.only(Form.PAGE)));
    }
    document.provenance("paper", PAPER);
    findings.provenance().forEach(document::provenance);
    boolean here =
        figures.stream().anyMatch(figure -> Reproduction.names().contains(figure.name()));
    return here ? document : document.elsewhere();
  }

  /// A figure without its charts.
  private static Document numbers(Reproduction figure) {
    Document document =
        new Document(figure.title())
            .fact("figure", figure.name())
            .fact("title", figure.title())
            .sentence(figure.heading());
    if (figure.claims().isEmpty()) {
      document.add(claims("claims", "", figure).only(Form.JSON));
    }
    if (figure.orderings().isEmpty()) {
      document.add(orderings("orderings", figure).only(Form.JSON));
    }
    return document.add(results("", "", figure).toList()).add(new Sentence("").only(Form.TEXT));
  }

  /// What came of it, and the notes.
  private static Stream<Section> results(String prefix, String rule, Reproduction figure) {
    List<Section> sections = new ArrayList<>();
    if (!figure.claims().isEmpty()) {
      sections.add(claims(prefix + "claims", rule, figure));
    }
    if (!figure.orderings().isEmpty()) {
      sections.add(orderings(prefix + "orderings", figure));
    }
    List<String> reasons = reasons(figure);
    List<String> notes = new ArrayList<>(figure.remarks());
    IntStream.range(0, reasons.size())
        .forEach(i -> notes.add("[%d] %s".formatted(i + 1, reasons.get(i))));
    if (!notes.isEmpty()) {
      sections.add(new Prose("Notes", notes));
    }
    return sections.stream();
  }

  private static Table claims(String id, String rule, Reproduction figure) {
    List<String> reasons = reasons(figure);
    return new Rows<>(figure.claims())
        .add(Column.kept("figure"), _ -> figure.name())
        .add("quantity", "quantity", Claim::quantity)
        .add("where", "where", Claim::place)
        .add("unit", "unit", Claim::unit)
        .add(Column.kept("ours"), Claim::ours)
        .add(Column.shown("ours"), ReproductionDocument::ours)
        .add("paper", "paper", Claim::printed)
        .add(
            Column.percent("relativeDifference", "difference").as("%+.3f"),
            Claim::relativeDifference)
        .add(Column.kept("verdict"), claim -> claim.verdict().key())
        .add(Column.shown("verdict"), Claim::verdict)
        .add(Column.kept("reason"), Claim::reason)
        .add(
            Column.shown("note"),
            claim ->
                claim.reason().isEmpty()
                    ? ""
                    : "[%d]".formatted(reasons.indexOf(claim.reason()) + 1))
        .table(id, "Printed numbers beside ours", rule);
  }

  /// One digit more than the paper prints, none where there are none.
  private static Optional<BigDecimal> ours(Claim claim) {
    if (claim.ours().isEmpty()) {
      return Optional.empty();
    }
    int printed = Math.max(0, claim.printed().scale());
    BigDecimal value =
        BigDecimal.valueOf(claim.ours().getAsDouble())
            .setScale(printed + 1, RoundingMode.HALF_EVEN);
    boolean whole = printed == 0 && value.stripTrailingZeros().scale() <= 0;
    return Optional.of(whole ? value.setScale(0) : value);
  }

  private static Table orderings(String id, Reproduction figure) {
    return new Rows<>(figure.orderings())
        .add(Column.kept("figure"), _ -> figure.name())
        .add("statement", "ordering", Ordering::statement)
        .add("where", "where", Ordering::place)
        .add(Column.of("difference", "difference").as("%+.2f"), Ordering::difference)
        .add(
            Column.shown("95 % interval").as("%+.2f"),
            one -> new Interval(one.difference().low(), one.difference().high()))
        .add("unit", "unit", Ordering::unit)
        .add(Column.kept("verdict"), one -> one.verdict().key())
        .add(Column.shown("verdict"), Ordering::words)
        .table(
            id,
            "What must be larger than what",
            "An ordering holds if the whole interval of its difference is above 0.");
  }

  /// Each once, in the order of the claims.
  private static List<String> reasons(Reproduction figure) {
    return figure.claims().stream()
        .map(Claim::reason)
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .toList();
  }

  /// How many numbers, and how many orderings, have which verdict.
  private static String verdict(List<Reproduction> figures) {
    List<String> sentences = new ArrayList<>();
    List<Verdict> claims =
        figures.stream().flatMap(figure -> figure.claims().stream()).map(Claim::verdict).toList();
    if (!claims.isEmpty()) {
      List<String> counts = new ArrayList<>();
      for (Verdict verdict : Verdict.values()) {
        long count = claims.stream().filter(verdict::equals).count();
        if (count > 0) {
          counts.add(count + " " + words(verdict));
        }
      }
      sentences.add(
          "%d printed numbers: %s. %s".formatted(claims.size(), String.join(", ", counts), RULE));
    }
    List<Verdict> orderings =
        figures.stream()
            .flatMap(figure -> figure.orderings().stream())
            .map(Ordering::verdict)
            .toList();
    if (!orderings.isEmpty()) {
      sentences.add(
          "%d of %d orderings hold beyond their 95 %% intervals."
              .formatted(
                  orderings.stream().filter(Verdict.REPRODUCED::equals).count(), orderings.size()));
    }
    return sentences.isEmpty()
        ? "No number of the paper stands beside these."
        : String.join(" ", sentences);
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> "reproduced";
      case EXPLAINED -> "different for a stated reason";
      case NOT_REPRODUCED -> "that cannot be reproduced";
      case NOT_COMPUTED -> "not computed here";
    };
  }
}
