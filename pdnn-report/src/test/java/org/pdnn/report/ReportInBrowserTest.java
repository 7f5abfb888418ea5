package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The page as a browser shows it. One browser at a time: each is a dozen processes.
@Execution(ExecutionMode.SAME_THREAD)
class ReportInBrowserTest {
  /// Hides a series, reads the tooltip by keyboard, saves a figure in all formats.
  private static final String READER =
      """
      const figure = document.getElementById("accuracy-against-samples");
      const chart = figure.querySelector(".chart");
      report("ticks", [...chart.querySelectorAll("text")].map((text) => text.textContent)
        .filter((text) => /^[0-9]+$/.test(text)).join(" "));
      figure.querySelectorAll(".legend button")[1].click();
      for (let presses = 0; presses < 2; presses++) {
        chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
      }
      report("tip", await tip(chart));
      report("svg", await (await saved(figure.id, "svg")).text());
      report("csv", await (await saved(figure.id, "csv")).text());
      const view = new DataView(await (await saved(figure.id, "png")).arrayBuffer());
      report("png", `${view.getUint32(16)} x ${view.getUint32(20)}`);
      """;

  @TempDir private static Path shared;

  /// The study's page after its reader; visited once, because a browser is slow to start.
  private static Browser.Visit study;

  @TempDir private Path folder;

  @BeforeAll
  static void visitTheStudy() throws Exception {
    study = visit(SampleReport.study(), READER, shared);
  }

  @Test
  void drawsEveryFigureWithoutComplaint() {
    assertDrawn(3, study);
    for (String words :
        List.of("Samples T", "Accuracy (%)", "Energy per inference (nJ)", "T=32", "10,000")) {
      assertTrue(texts(study).contains(words), words + " is written in no chart");
    }
    Pattern legend = Pattern.compile("aria-pressed=\"true\".*?</svg>p-DNN, s = 5</button>");
    assertEquals(2, legend.matcher(study.document()).results().count());
  }

  @Test
  void ticksOfSamplesStandExactlyWhereTheyWereAskedFor() {
    // Those of x, then those of y.
    assertEquals("1 2 4 8 16 32 75 80 85", reported(study, "ticks"));
  }

  @Test
  void savesFiguresAsTheyAreShown() {
    String svg = reported(study, "svg");
    assertTrue(svg.startsWith("<svg width=\"900\" height=\"560\""), svg);
    for (String words : List.of("Accuracy against samples", "p-DNN, s = 5", "Accuracy (%)")) {
      assertTrue(svg.contains(">" + words + "<"), words + " is missing from the SVG");
    }
    assertFalse(svg.contains("p-DNN, s = 1<"), "a hidden series was saved");
    assertEquals("1800 x 1120", reported(study, "png"));
  }

  @Test
  void savesTheSameCsvAsTheFolder() {
    assertEquals(
        Csv.of(SampleReport.accuracyAgainstSamples()).replace("\r\n", "\n"),
        reported(study, "csv").replace("\r\n", "\n"));
  }

  @Test
  void theTooltipReadsAllThatIsShownAtOneX() {
    assertEquals(
        "Samples T: 2|● p-DNN, s = 5: 80.76 % [79.96,\u00a081.56]|● deterministic, 32 bits: 86.88 %"
            + "|● deterministic, 3 bits: 85.76 % [85.07,\u00a086.43]"
            + "|● deterministic, 1 bit: 80.77 %",
        reported(study, "tip"));
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
    Browser.Visit visit =
        visit(
            new Report("Parts", "Two parts.", List.of(figure), new LinkedHashMap<>()),
            """
            const chart = document.querySelector(".chart");
            chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
            report("tip", await tip(chart));
            """,
            folder);
    assertDrawn(1, visit);
    for (String words : List.of("memory", "neuron", "0")) {
      assertTrue(texts(visit).contains(words), words + " is not written at the axes");
    }
    assertFalse(texts(visit).contains("1"), "a place is written instead of its label");
    assertEquals("Part: memory|● chip: 30 %|● network: 30 %", reported(visit, "tip"));
    assertTrue(Csv.of(figure).contains("chip,memory,30,"), Csv.of(figure));
  }

  @Test
  void fitsAPhone() throws Exception {
    Path page = folder.resolve("report.html");
    write(
        SampleReport.study(),
        """
        const root = document.documentElement;
        report("hidden", `${root.scrollWidth - root.clientWidth} of ${innerWidth}`);
        """,
        page);
    // A window of Chromium is never narrower than 500 pixels; a frame may be.
    Browser.Visit visit = browser().open(page, 390, folder);
    assertEquals("0 of 390", reported(visit, "hidden"));
    assertEquals(List.of(), visit.console());
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
    Browser.Visit visit =
        visit(
            new Report(hostile, hostile, List.of(figure), new LinkedHashMap<>()),
            """
            const chart = document.querySelector(".chart");
            chart.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
            await tip(chart);
            report("images", document.images.length);
            """,
            folder);
    assertDrawn(1, visit);
    assertEquals("0", reported(visit, "images"));
  }

  private static void assertDrawn(int figures, Browser.Visit visit) {
    assertEquals(List.of(), visit.console());
    String document = visit.document();
    assertFalse(document.contains("data-failures=\""), "a script failed");
    assertEquals(figures, document.split("data-rendered=\"true\"", -1).length - 1);
    Pattern request = Pattern.compile("<[^>]+(src|href)=\"(?!data:)[^\"#]");
    assertFalse(request.matcher(withoutScripts(document)).find(), "the page asks for a file");
    assertEquals("0", reported(visit, "requests"));
  }

  private static String withoutScripts(String document) {
    return document.replaceAll("(?s)<script.*?</script>", "");
  }

  /// All words inside the charts' drawings.
  private static List<String> texts(Browser.Visit visit) {
    return Pattern.compile("<text[^>]*>([^<]*)</text>")
        .matcher(visit.document())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /// What a probe wrote with `report(name, value)`.
  private static String reported(Browser.Visit visit, String name) {
    Matcher value =
        Pattern.compile("<body[^>]* data-" + name + "=\"([^\"]*)\"").matcher(visit.document());
    assertTrue(value.find(), "the page did not report " + name);
    return value
        .group(1)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u00a0")
        .replace("&amp;", "&");
  }

  private static Browser.Visit visit(Report report, String probe, Path folder) throws Exception {
    Path page = folder.resolve("report.html");
    write(report, probe, page);
    return browser().open(page, 1280, folder);
  }

  /// The page as it is, with a script of the test's at its end that runs when the charts stand, and
  /// then posts the document.
  private static void write(Report report, String probe, Path page) throws IOException {
    String script =
        """
        <script>
        const report = (name, value) => { document.body.dataset[name] = value; };
        const frame = () => new Promise((seen) => requestAnimationFrame(seen));
        const tip = async (chart) => {
          const lines = () =>
            [...chart.querySelectorAll(":scope > div:last-child > div > div")];
          while (lines().length === 0) {
            await frame();
          }
          return lines().map((line) => line.textContent).join("|");
        };
        addEventListener("load", async () => {
          try {
            // What is observed is drawn anew in the first frames.
            await frame();
            await frame();
            await frame();
            report("requests", performance.getEntriesByType("resource").length);
            %s
          } catch (error) {
            console.error(error);
          }
          parent.postMessage(document.documentElement.outerHTML, "*");
        });
        </script></body>
        """
            .formatted(probe);
    String html = HtmlReport.page(report);
    Files.writeString(page, html.substring(0, html.lastIndexOf("</body>")) + script);
  }

  private static Browser browser() {
    Optional<Browser> browser = Browser.find();
    assumeTrue(
        browser.isPresent(),
        "no chromium, chromium-browser or google-chrome on the PATH: the page was not looked at");
    return browser.orElseThrow();
  }
}
