package org.pdnn.report;

import java.util.List;

/// A table on a page.
final class HtmlTable {
  private HtmlTable() {}

  static void add(Html html, Table table) {
    // A focusable box: a keyboard must be able to scroll it.
    html.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", table.title());
    html.open("table").open("thead").open("tr");
    for (int i : table.shown()) {
      html.element("th", table.columns().get(i).title(), "scope", "col", "class", kind(table, i));
    }
    html.close().close().open("tbody");
    for (List<Cell> row : table.rows()) {
      html.open("tr");
      for (int i : table.shown()) {
        html.element("td", table.shown(row, i), "class", kind(table, i));
      }
      html.close();
    }
    html.close().close().close();
  }

  private static String kind(Table table, int column) {
    return table.holdsNumbers(column) ? "number" : "words";
  }
}
