package org.pdnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What every page begins with, and what charts need: one file that opens from disk, offline, for
/// as long as there are browsers. The charts are drawn by Apache ECharts.
public final class Page {
  /// The version is that of `echarts.version` in the parent pom.
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /// In the order in which they need each other.
  private static final List<String> CHARTS = List.of("scale.js", "look.js", "marks.js", "chart.js");

  /// Whatever the page's scripts would do, the browser lets no request leave the page.
  private static final String NO_REQUESTS =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

  private Page() {}

  /// A page whose scripts make its charts from data.
  ///
  /// @param style added to the reports' style sheet
  /// @param body markup, taken as it is
  /// @param data JSON, the text of the element of id `data`
  /// @param scripts run one after the other, once all else is there; `chartOption` draws figures
  public static String of(
      String title, String style, String body, JsonNode data, List<String> scripts) {
    Html html = new Html();
    begin(html, title, style);
    html.open("body").script(resource("failures.js")).markup(body);
    html.script(Json.inScript(data), "type", "application/json", "id", "data");
    charts(html);
    scripts.forEach(html::script);
    html.close().close();
    return html.toString();
  }

  /// Opens the page; the caller opens the body and closes both.
  static void begin(Html html, String title, String style) {
    html.open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", NO_REQUESTS);
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.style(resource("report.css") + style);
    html.open("noscript").style(".chart, .save, .legend { display: none }").close();
    html.close();
  }

  /// ECharts, and what makes its options of figures.
  static void charts(Html html) {
    html.script(resource("echarts-notice.js") + resource(ECHARTS));
    CHARTS.forEach(script -> html.script(resource(script)));
  }

  static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read %s from the class path".formatted(name), e);
    }
  }
}
