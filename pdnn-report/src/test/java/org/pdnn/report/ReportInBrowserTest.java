package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.pdnn.report.Browser.Screen;

/// The page as a browser shows it. One browser, one page at a time: a browser is a dozen processes.
@Execution(ExecutionMode.SAME_THREAD)
class ReportInBrowserTest {
  @TempDir private static Path folder;

  private static Optional<Browser> started = Optional.empty();

  @BeforeAll
  static void startTheBrowser() throws Exception {
    started = Browser.start(folder);
  }

  @AfterAll
  static void closeTheBrowser() throws Exception {
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static Browser browser() {
    assumeTrue(
        started.isPresent(),
        "no chromium, chromium-browser or google-chrome on the PATH: the page was not looked at");
    return started.orElseThrow();
  }

  private static Browser open(Document report, Screen screen) throws Exception {
    Path page = folder.resolve("report.html");
    HtmlReport.write(report, page);
    Browser browser = browser();
    browser.open(page, screen);
    return browser;
  }

  private static Document of(Section... sections) {
    return SampleReport.of("Title", "Verdict.", List.of(sections));
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  /// All words inside the charts' drawings.
  private static List<String> texts(Browser browser) throws Exception {
    return words(
        browser.run("[...document.querySelectorAll('svg text')].map((t) => t.textContent)"));
  }

  private static void assertDrawn(int figures, Browser browser) throws Exception {
    assertEquals(List.of(), browser.complaints());
    assertEquals("", browser.run("document.body.dataset.failures ?? ''").asText());
    assertEquals(
        figures, browser.run("document.querySelectorAll('[data-rendered=true]').length").asInt());
    assertEquals(0, browser.run("performance.getEntriesByType('resource').length").asInt());
  }

  /// The lines of the tooltip after so many presses of the right arrow key.
  private static String tip(Browser browser, String figure, int presses) throws Exception {
    return browser
        .run(
            """
            (async () => {
              const chart = document.querySelector("#%s .chart");
              for (let press = 0; press < %d; press++) {
                chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
              }
              const lines = () => [...chart.querySelectorAll(":scope > div:last-child > div > div")];
              while (lines().length === 0) {
                await new Promise((seen) => requestAnimationFrame(seen));
              }
              return lines().map((line) => line.textContent).join("|");
            })()
            """
                .formatted(figure, presses))
        .asText();
  }

  @Test
  void drawsEveryFigureWithoutComplaint() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.LAPTOP);
    assertDrawn(3, browser);
    List<String> texts = texts(browser);
    for (String words :
        List.of("Samples T", "Accuracy (%)", "Energy per inference (nJ)", "T=32", "10,000")) {
      assertTrue(texts.contains(words), words + " is written in no chart");
    }
    assertEquals(
        2,
        browser
            .run(
                "[...document.querySelectorAll('.legend [aria-pressed=true]')]"
                    + ".filter((b) => b.textContent === 'p-DNN, s = 5').length")
            .asInt());
  }

  @Test
  void ticksOfSamplesStandExactlyWhereTheyWereAskedFor() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.LAPTOP);
    // Those of x, then those of y.
    assertEquals(
        "1 2 4 8 16 32 75 80 85",
        browser
            .run(
                "[...document.querySelectorAll('#accuracy-against-samples .chart text')]"
                    + ".map((t) => t.textContent).filter((t) => /^[0-9]+$/.test(t)).join(' ')")
            .asText());
  }

  @Test
  void savesFiguresAsTheyAreShown() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.LAPTOP);
    String id = "accuracy-against-samples";
    browser.run("document.querySelectorAll('#" + id + " .legend button')[1].click()");
    String svg = browser.run("saved('" + id + "', 'svg').then((file) => file.text())").asText();
    assertTrue(svg.startsWith("<svg width=\"900\" height=\"560\""), svg);
    for (String words : List.of("Accuracy against samples", "p-DNN, s = 5", "Accuracy (%)")) {
      assertTrue(svg.contains(">" + words + "<"), words + " is missing from the SVG");
    }
    assertFalse(svg.contains("p-DNN, s = 1<"), "a hidden series was saved");
    assertEquals(
        "1800 x 1120",
        browser
            .run(
                """
                (async () => {
                  const png = new DataView(await (await saved("%s", "png")).arrayBuffer());
                  return `${png.getUint32(16)} x ${png.getUint32(20)}`;
                })()
                """
                    .formatted(id))
            .asText());
    assertEquals(
        Csv.of(SampleReport.accuracyAgainstSamples()),
        browser.run("saved('" + id + "', 'csv').then((file) => file.text())").asText());
  }

  @Test
  void theTooltipReadsAllThatIsShownAtOneX() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.LAPTOP);
    String id = "accuracy-against-samples";
    browser.run("document.querySelectorAll('#" + id + " .legend button')[1].click()");
    assertEquals(
        "Samples T: 2|● p-DNN, s = 5: 80.76 % [79.96,\u00a081.56]|● deterministic, 32 bits: 86.88 %"
            + "|● deterministic, 3 bits: 85.76 % [85.07,\u00a086.43]"
            + "|● deterministic, 1 bit: 80.77 %",
        tip(browser, id, 2));
  }

  /// A network keeps its colour whichever figure it is in and however it was run; the dash is the
  /// stroke's; a front has the colour of the text.
  @Test
  void coloursAreOfSubjectsAndDashesOfStrokes() throws Exception {
    Axis x = Axis.log2("Samples T", "");
    Axis y = Axis.linear("Accuracy", "%");
    List<Point> points = List.of(Point.of(1, 70), Point.of(2, 75));
    Series other = Series.line("s = 1", points);
    Series network = Series.line("s = 5", points);
    Series independent =
        Series.line("s = 5, independent", points).of("s = 5").in(Series.Stroke.DASHED);
    Browser browser =
        open(
            of(
                new Figure("a", "A", "", x, y, List.of(other, network, independent)),
                new Figure(
                    "b", "B", "", x, y, List.of(network, new Series.Steps("front", points)))),
            Screen.DARK);
    assertDrawn(2, browser);
    List<String> drawn =
        words(
            browser.run(
                """
                [...document.querySelectorAll(".legend button path:first-child")].map((path) =>
                  `${path.getAttribute("stroke")} ${path.getAttribute("stroke-dasharray")}`)
                """));
    assertEquals(5, drawn.size());
    String solid = drawn.get(1);
    assertTrue(solid.endsWith(" none"), solid);
    assertEquals(solid.replace("none", "7 4"), drawn.get(2));
    assertEquals(solid, drawn.get(3));
    assertFalse(drawn.contains("undefined none"));
    assertEquals(5 - 1, drawn.stream().distinct().count());
    assertEquals("#e9e7e1 none", drawn.get(4));
    // From (1, 70) the front goes right first, then up.
    String path =
        browser
            .run(
                "[...document.querySelectorAll('#b .chart path')].map((p) => p.getAttribute('d'))"
                    + ".find((d) => /^M[\\d.]+ ([\\d.]+)L[\\d.]+ \\1L/.test(d)) ?? 'none'")
            .asText();
    assertFalse(path.equals("none"), "no step was drawn");
  }

  /// Two markers at one place are both seen: the hollow one is wider, and nothing fills it.
  @Test
  void hollowMarkersStandAroundOthers() throws Exception {
    List<Point> points = List.of(Point.of(1, 5));
    Series around = Series.markers("total", points).in(Series.Stroke.DASHED);
    Series within = Series.markers("weights", points);
    Axis axis = Axis.linear("Value", "");
    Browser browser =
        open(of(new Figure("f", "F", "", axis, axis, List.of(around, within))), Screen.LAPTOP);
    assertDrawn(1, browser);
    List<String> drawn =
        words(
            browser.run(
                """
                [...document.querySelectorAll(".legend button path:last-child")].map((key) => {
                  const colour = key.getAttribute("stroke");
                  const marker = [...document.querySelectorAll("#f .chart path")].find((path) =>
                    [path.getAttribute("stroke"), path.getAttribute("fill")].includes(colour));
                  const filled = marker.getAttribute("fill") === colour;
                  const paper = getComputedStyle(marker).fill === "rgb(255, 255, 255)";
                  return `${filled || paper} ${Math.round(marker.getBoundingClientRect().width)}`;
                })
                """));
    assertTrue(drawn.get(0).startsWith("false "), drawn.toString());
    assertTrue(drawn.get(1).startsWith("true "), drawn.toString());
    int wide = Integer.parseInt(drawn.get(0).split(" ", -1)[1]);
    assertTrue(wide >= 4 + Integer.parseInt(drawn.get(1).split(" ", -1)[1]), drawn.toString());
  }

  @Test
  void barsStandOnZeroAboveTheirLabels() throws Exception {
    Axis parts = Axis.of("Part", List.of("memory", "neuron"));
    List<Point> points = List.of(Point.of(1, 30), Point.of(2, 70));
    Figure figure =
        new Figure(
            "f",
            "Parts",
            "",
            parts,
            Axis.linear("Share", "%"),
            List.of(Series.bars("chip", points), Series.bars("network", points)));
    Browser browser = open(of(figure), Screen.LAPTOP);
    assertDrawn(1, browser);
    List<String> texts = texts(browser);
    for (String words : List.of("memory", "neuron", "0")) {
      assertTrue(texts.contains(words), words + " is not written at the axes");
    }
    assertFalse(texts.contains("1"), "a place is written instead of its label");
    assertEquals("Part: memory|● chip: 30 %|● network: 30 %", tip(browser, "f", 1));
    assertTrue(Csv.of(figure).contains("chip,memory,30,"), Csv.of(figure));
  }

  @Test
  void theContentsLeadToEverySection() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.LAPTOP);
    assertEquals(
        List.of(
            "What was measured",
            "What to run next",
            "Figure 1 Accuracy against samples",
            "Figure 2 Energy per inference against samples",
            "Figure 3 Accuracy against energy",
            "Table 1 What samples buy",
            "Pictures 1 Generated pictures"),
        words(
            browser.run(
                """
                [...document.querySelectorAll("nav.contents a")]
                  .filter((link) => document.getElementById(link.getAttribute("href").slice(1)))
                  .map((link) => link.textContent.replace(/\\s+/g, " "))
                """)));
    Browser single = open(of(SampleReport.table()), Screen.LAPTOP);
    assertEquals(0, single.run("document.querySelectorAll('nav').length").asInt());
  }

  /// The contents are one word until they are asked for, and then lie over the page.
  @Test
  void theContentsMoveNothing() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.PHONE);
    String top = "document.querySelector('.prose').getBoundingClientRect().top";
    double closed = browser.run(top).asDouble();
    browser.run("document.querySelector('.contents summary').click()");
    assertTrue(browser.run("document.querySelector('.contents a').offsetHeight").asInt() > 0);
    assertEquals(closed, browser.run(top).asDouble());
    assertEquals(390, browser.run("document.documentElement.scrollWidth").asInt());
  }

  private static Document answered() {
    return new Document("VGG5 on CIFAR-10 on sram65: samples or bits?")
        .headline(
            "Samples: 4 scrambled samples of pbit:sigmoid-5 reach 81.74 % for 10,858 nJ;"
                + " sigmoid:3bit with 3-bit activations reaches 81.76 % for 21,300 nJ, 1.96 times"
                + " as much.")
        .lead(
            List.of(
                "Required accuracy: 81.26 %, 0.50 points below sigmoid-1 with 32-bit activations;"
                    + " all with 8-bit weights.",
                "Accuracy of the samples less that of the bits: -0.02 points (-0.61 to +0.57, 95 %"
                    + " over 10000 images, noise and 3 training runs).",
                "Of these two the samples are cheaper from 0.2101 pJ per bit of the weights' memory"
                    + " on; from 0.1512 pJ on the samples take at most 5 % more."))
        .add(SampleReport.byTechnology())
        .add(SampleReport.table());
  }

  /// Without scrolling: all of the chart on a laptop, its top on a phone.
  @Test
  void theFirstScreenAnswers() throws Exception {
    String chart =
        "(() => { const box = document.querySelector('.chart').getBoundingClientRect();"
            + " return [box.top, box.bottom]; })()";
    JsonNode laptop = open(answered(), Screen.LARGE).run(chart);
    assertTrue(laptop.path(1).asDouble() <= 900, laptop.toString());
    JsonNode phone = open(answered(), Screen.PHONE).run(chart);
    assertTrue(phone.path(0).asDouble() <= 844 - 100, phone.toString());
    assertEquals(
        4,
        browser().run("document.querySelectorAll('.head .verdict, .head .lead').length").asInt());
  }

  /// What of a page with a choice a reader sees: the names, the verdicts, the charts drawn.
  private static List<String> seen(Browser browser) throws Exception {
    return words(
        browser.run(
            """
            [...document.querySelectorAll(".choice .name, .choice figcaption, .choice svg[viewBox]")]
              .filter((one) => one.getClientRects().length > 0)
              .filter((one) => one.tagName !== "svg" || one.closest(".chart"))
              .map((one) => one.tagName === "svg" ? "chart" : one.textContent)
            """));
  }

  /// By its label and the keyboard; what is hidden in one figure is hidden in the next.
  @Test
  void oneOfTheFiguresIsChosen() throws Exception {
    Browser browser = open(answered(), Screen.LARGE);
    assertDrawn(1, browser);
    assertEquals(List.of("chart", "Samples win."), seen(browser));
    assertEquals(
        "Technology",
        browser.run("document.querySelector('select').labels[0].firstChild.data").asText());
    browser.run("document.querySelector('#sram .legend button').click()");
    browser.run("document.querySelector('select').focus()");
    browser.press("ArrowDown", 40);
    assertEquals(List.of("chart", "Bits win."), seen(browser));
    assertDrawn(2, browser);
    assertEquals(
        List.of("false", "true"),
        words(
            browser.run(
                "[...document.querySelectorAll('#hbm2 .legend button')]"
                    + ".map((button) => button.getAttribute('aria-pressed'))")));
    browser.look(Screen.DARK);
    browser.press("ArrowUp", 38);
    assertEquals(List.of("chart", "Samples win."), seen(browser));
    assertEquals(
        "#a5a39c",
        browser.run("document.querySelector('#sram .chart text').getAttribute('fill')").asText());
  }

  /// Paper has the chosen one, by its name.
  @Test
  void theChosenFigureIsPrinted() throws Exception {
    Browser browser = open(answered(), Screen.PHONE);
    browser.run("document.querySelector('select').focus()");
    browser.press("ArrowDown", 40);
    assertEquals(390, browser.run("document.documentElement.scrollWidth").asInt());
    browser.look(Screen.PAPER);
    assertEquals(List.of("Technology: hbm2", "chart", "Bits win."), seen(browser));
    assertEquals(0, browser.run("document.querySelector('select').offsetHeight").asInt());
  }

  /// All values stand there, and no control that does nothing.
  @Test
  void withoutScriptsAllFiguresStandThere() throws Exception {
    Path page = folder.resolve("still.html");
    HtmlReport.write(answered(), page);
    Browser browser = browser();
    browser.openWithoutScripts(page, Screen.PHONE);
    assertEquals(
        List.of("Technology: sram65", "Samples win.", "Technology: hbm2", "Bits win."),
        seen(browser));
    assertEquals(
        List.of("0", "0", "2"),
        words(
            browser.run(
                """
                [
                  document.querySelector("select").offsetHeight,
                  document.querySelector(".chart").offsetHeight,
                  [...document.querySelectorAll(".values")].filter((one) => one.offsetHeight).length,
                ].map(String)
                """)));
  }

  @Test
  void fitsAPhone() throws Exception {
    Browser browser = open(withAWideTable(), Screen.PHONE);
    assertDrawn(3, browser);
    assertEquals(390, browser.run("document.documentElement.scrollWidth").asInt());
    assertEquals(390, browser.run("innerWidth").asInt());
  }

  /// It stands below the plot, within the width of the screen.
  @Test
  void aTooltipLeavesTheChartVisibleOnAPhone() throws Exception {
    Browser browser = open(SampleReport.study(), Screen.PHONE);
    tip(browser, "accuracy-against-samples", 2);
    JsonNode boxes =
        browser.run(
            """
            (() => {
              const chart = document.querySelector("#accuracy-against-samples .chart");
              const plot = chart.querySelector("svg").getBoundingClientRect();
              const tip = chart.lastElementChild.getBoundingClientRect();
              return [tip.height, tip.top - plot.bottom, tip.left, tip.right];
            })()
            """);
    assertTrue(boxes.path(0).asDouble() > 40, boxes.toString());
    assertTrue(boxes.path(1).asDouble() >= -1, "it covers the plot: " + boxes);
    assertTrue(boxes.path(2).asDouble() >= 0, boxes.toString());
    assertTrue(boxes.path(3).asDouble() <= 390, boxes.toString());
    assertEquals(390, browser.run("document.documentElement.scrollWidth").asInt());
  }

  /// A table wider than the screen scrolls in a named region that a keyboard reaches, between
  /// shadows.
  @Test
  void aTableShowsThatItScrolls() throws Exception {
    Browser browser = open(withAWideTable(), Screen.PHONE);
    assertEquals(
        List.of("true", "region", "0", "Wide", "local, local, scroll, scroll"),
        words(
            browser.run(
                """
                (() => {
                  const box = document.querySelector("#wide .scroll");
                  return [
                    String(box.scrollWidth > box.clientWidth),
                    box.getAttribute("role"),
                    box.getAttribute("tabindex"),
                    box.getAttribute("aria-label"),
                    getComputedStyle(box).backgroundAttachment.split(", ").slice(0, 4).join(", "),
                  ];
                })()
                """)));
  }

  /// On paper, from a dark screen: charts as wide as the page, light, above their captions; tables
  /// within it.
  @Test
  void nothingIsCutOrCoveredOnPaper() throws Exception {
    Browser browser = open(withAWideTable(), Screen.PHONE);
    browser.look(Screen.PAPER);
    assertDrawn(3, browser);
    JsonNode charts =
        browser.run(
            """
            [...document.querySelectorAll("figure.figure")].map((figure) => {
              const chart = figure.querySelector(".chart svg").getBoundingClientRect();
              const caption = figure.querySelector("figcaption").getBoundingClientRect();
              const right = document.documentElement.clientWidth - chart.right;
              return [chart.left, right, chart.height / chart.width, caption.top - chart.bottom];
            })
            """);
    assertEquals(3, charts.size());
    for (JsonNode chart : charts) {
      assertEquals(0, chart.path(0).asDouble(), 1, charts.toString());
      assertEquals(0, chart.path(1).asDouble(), 1, charts.toString());
      assertEquals(330.0 / 680, chart.path(2).asDouble(), 0.01, charts.toString());
      assertTrue(chart.path(3).asDouble() >= 0, "the caption covers the chart: " + charts);
    }
    for (JsonNode beyond :
        browser.run(
            "[...document.querySelectorAll('.item.table table')].map((table) =>"
                + " table.getBoundingClientRect().right - document.documentElement.clientWidth)")) {
      assertTrue(beyond.asDouble() <= 1, "a table is cut by " + beyond);
    }
    assertEquals(
        "rgb(28, 28, 26)#63635e",
        browser
            .run(
                "getComputedStyle(document.body).color"
                    + " + document.querySelector('.chart text').getAttribute('fill')")
            .asText(),
        "ink of the page and of the labels of ticks, in the light look");
    String pdf = new String(browser.print(), StandardCharsets.ISO_8859_1);
    int pages = pdf.split("/Type /Page\\b", -1).length - 1;
    assertTrue(pages >= 3 && pages <= 6, pages + " pages");
  }

  private static Document withAWideTable() {
    Rows<Integer> rows = new Rows<>(List.of(1, 2));
    IntStream.range(0, 12)
        .forEach(i ->
            rows.add(Column.of("column" + i, "Column number " + i).in("nJ"), _ -> 1234567.891 * i));
    return SampleReport.study().add(rows.table("wide", "Wide"));
  }

  @Test
  void hostileWordsRunNothing() throws Exception {
    String hostile = "</script><img src=x onerror='document.body.dataset.failures=1'>{{x}}&amp;";
    Figure figure =
        new Figure(
            "f",
            hostile,
            hostile,
            Axis.linear(hostile, hostile),
            Axis.log10(hostile, hostile),
            List.of(
                Series.markers(hostile, List.of(Point.of(1, 1).labelled(hostile))),
                Series.reference("__proto__", 2)));
    Document report =
        SampleReport.of(hostile, hostile, List.of(new Part(hostile), figure, SampleReport.table()));
    Browser browser = open(report, Screen.LAPTOP);
    tip(browser, "f", 1);
    assertDrawn(1, browser);
    assertEquals(0, browser.run("document.images.length").asInt());
  }
}
