package org.pdnn.cli.reproduce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.pdnn.cli.option.TextTable;
import org.pdnn.reproduction.Claim;
import org.pdnn.reproduction.Ordering;
import org.pdnn.reproduction.Reproduction;

/// Claims as text, CSV and JSON.
final class ClaimTables {
  private ClaimTables() {}

  /// The claims and orderings of a figure under its title, with notes below.
  static String text(Reproduction figure) {
    String orderings = orderings(figure);
    return figure.claims().isEmpty()
        ? orderings
        : orderings.isEmpty() ? claims(figure) : claims(figure) + "\n" + orderings;
  }

  private static String orderings(Reproduction figure) {
    if (figure.orderings().isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("ordering", "difference", "low", "high", "unit", "verdict");
    for (Ordering one : figure.orderings()) {
      table.row(
          one.statement(),
          signed(one.difference()),
          signed(one.low()),
          signed(one.high()),
          one.unit(),
          one.words());
    }
    return table.before(figure.heading()).after(String.join("\n", figure.remarks())).toText();
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }

  private static String claims(Reproduction figure) {
    TextTable table =
        new TextTable(
            "quantity", "where", "unit", "ours", "paper", "difference", "verdict", "note");
    List<Claim> claims = figure.claims();
    List<String> notes = notes(claims);
    for (Claim claim : claims) {
      table.row(
          claim.quantity(),
          claim.place(),
          claim.unit(),
          ours(claim),
          printed(claim),
          difference(claim),
          claim.verdict(),
          note(claim, notes));
    }
    String numbered =
        notes.stream()
            .map(note -> "[%d] %s".formatted(notes.indexOf(note) + 1, note))
            .collect(Collectors.joining("\n"));
    return table.before(figure.heading()).after(numbered).toText();
  }

  /// The claims of all figures in one table, numbers in full.
  static String csv(List<Reproduction> figures) {
    TextTable table =
        new TextTable(
            "figure",
            "where",
            "quantity",
            "unit",
            "ours",
            "paper",
            "relativeDifference",
            "verdict",
            "reason");
    for (Reproduction figure : figures) {
      for (Claim claim : figure.claims()) {
        table.row(
            figure.name(),
            claim.place(),
            claim.quantity(),
            claim.unit(),
            full(claim.ours()),
            claim.printed().toPlainString(),
            full(claim.relativeDifference()),
            claim.verdict().key(),
            claim.reason());
      }
      for (Ordering one : figure.orderings()) {
        table.row(
            figure.name(),
            one.place(),
            one.statement(),
            one.unit(),
            String.valueOf(one.difference()),
            "",
            "",
            one.verdict().key(),
            "95 %% interval %s to %s".formatted(one.low(), one.high()));
      }
    }
    return table.toCsv();
  }

  /// A claim's keys: what is not computed has no `ours` and no `relativeDifference`.
  static ArrayNode json(List<Reproduction> figures) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Reproduction figure : figures) {
      ObjectNode node = all.addObject().put("figure", figure.name()).put("title", figure.title());
      ArrayNode claims = node.putArray("claims");
      for (Claim claim : figure.claims()) {
        ObjectNode object =
            claims
                .addObject()
                .put("where", claim.place())
                .put("quantity", claim.quantity())
                .put("unit", claim.unit())
                .put("paper", claim.printed().doubleValue());
        claim.ours().ifPresent(value -> object.put("ours", value));
        claim.relativeDifference().ifPresent(value -> object.put("relativeDifference", value));
        object.put("verdict", claim.verdict().key()).put("reason", claim.reason());
      }
      orderings(node.putArray("orderings"), figure.orderings());
    }
    return all;
  }

  private static void orderings(ArrayNode array, List<Ordering> orderings) {
    for (Ordering one : orderings) {
      array
          .addObject()
          .put("where", one.place())
          .put("statement", one.statement())
          .put("difference", one.difference())
          .put("differenceLow", one.low())
          .put("differenceHigh", one.high())
          .put("unit", one.unit())
          .put("verdict", one.verdict().key());
    }
  }

  /// The reasons, each once, in the order of the claims.
  static List<String> notes(List<Claim> claims) {
    return claims.stream()
        .map(Claim::reason)
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .toList();
  }

  /// The number of a claim's reason.
  static String note(Claim claim, List<String> notes) {
    return claim.reason().isEmpty() ? "" : "[%d]".formatted(notes.indexOf(claim.reason()) + 1);
  }

  static String printed(Claim claim) {
    int digits = Math.max(0, claim.printed().scale());
    return String.format(Locale.ROOT, "%,." + digits + "f", claim.printed());
  }

  /// One digit more than the paper prints, none where there are none.
  static String ours(Claim claim) {
    if (claim.ours().isEmpty()) {
      return "–";
    }
    int digits = Math.max(0, claim.printed().scale()) + 1;
    BigDecimal value =
        BigDecimal.valueOf(claim.ours().getAsDouble()).setScale(digits, RoundingMode.HALF_EVEN);
    boolean whole = claim.printed().scale() <= 0 && value.stripTrailingZeros().scale() <= 0;
    return String.format(Locale.ROOT, "%,." + (whole ? 0 : digits) + "f", value);
  }

  static String difference(Claim claim) {
    OptionalDouble difference = claim.relativeDifference();
    if (difference.isEmpty()) {
      return "–";
    }
    String percent = String.format(Locale.ROOT, "%+.3f", 100 * difference.getAsDouble());
    return (percent.matches("[+-]0\\.0+") ? "0" : percent) + " %";
  }

  private static String full(OptionalDouble value) {
    return value.isEmpty() ? "" : String.valueOf(value.getAsDouble());
  }
}
