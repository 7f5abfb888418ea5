package org.pdnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures on a page: places for the scripts to draw in, what they read, and the values.
///
/// @param colours of the subjects of all figures
record HtmlFigure(Html html, Map<String, Integer> colours) {
  /// What an element of a figure holds below its title.
  void add(Figure figure) {
    html.open("div", "class", "save", "role", "group", "aria-label", "Save this figure");
    for (String kind : List.of("SVG", "PNG", "CSV")) {
      html.element(
          "button",
          kind,
          "type",
          "button",
          "title",
          "Save this figure as " + kind,
          "data-save",
          kind.toLowerCase(Locale.ROOT));
    }
    html.close();
    html.open("div", "class", "legend", "role", "group", "aria-label", "Show or hide series");
    html.close();
    html.open(
            "div",
            "class",
            "chart",
            "role",
            "img",
            "tabindex",
            "0",
            "aria-label",
            "Chart: %s. Left and right arrow keys read its values.".formatted(figure.title()))
        .close();
    if (!figure.caption().isEmpty()) {
      html.element("figcaption", figure.caption());
    }
    html.open("details", "class", "values").element("summary", "Values");
    HtmlTable.add(html, FigureValues.of(figure));
    html.close();
    html.script(Json.inScript(drawn(figure)), "type", "application/json");
  }

  /// What the page's scripts read: the figure, its colours, and what saving as CSV saves.
  private ObjectNode drawn(Figure figure) {
    ObjectNode data = Json.of(figure).put("csv", Csv.of(figure));
    for (JsonNode series : data.path("series")) {
      Integer slot = colours.get(series.path("subject").asText());
      if (slot != null && series instanceof ObjectNode one) {
        one.put("slot", slot);
      }
    }
    return data;
  }
}
