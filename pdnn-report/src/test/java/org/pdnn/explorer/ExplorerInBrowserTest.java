package org.pdnn.explorer;

import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.integer.Lowering;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.random.InputAddress;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.report.Browser;
import org.pdnn.report.Browser.Screen;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.IntegerReference;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Verdict;

/// The page computes in the browser what the library computes here, and answers its reader.
@Execution(ExecutionMode.SAME_THREAD)
class ExplorerInBrowserTest {
  private static final Explored CNN =
      SampleExplored.of("cnn:2-3", "pbit:sigmoid", InputForm.PIXELS, 1);

  /// With other thresholds, another grid of inputs, and a seed of more than 32 bits.
  private static final Explored MLP =
      SampleExplored.of(
          "mlp:784-21-13-10",
          "pbit:tanh",
          new InputForm(InputForm.Axes.CHANNELS_FIRST, List.of(0.1307f), List.of(0.3081f)),
          (1L << 52) + 12345);

  /// More than a block of the scrambled scheme.
  private static final int SAMPLES = 35;

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

  private static Browser open(Explored explored, Screen screen) throws Exception {
    assumeTrue(started.isPresent(), "no Chromium on the PATH: the page was not looked at");
    Path page = folder.resolve("explorer.html");
    Explorer.write(explored, page);
    Browser browser = started.orElseThrow();
    browser.open(page, screen);
    return browser;
  }

  private static void assertWell(Browser browser) throws Exception {
    assertEquals(List.of(), browser.complaints());
    assertEquals("", browser.run("document.body.dataset.failures ?? ''").asText());
    assertEquals(0, browser.run("performance.getEntriesByType('resource').length").asInt());
    assertTrue(
        browser
            .run("document.querySelector('header').textContent.includes(data.provenance.networks)")
            .asBoolean(),
        "the head does not say which networks were measured");
    assertEquals(
        2, browser.run("document.querySelectorAll('[data-rendered=true]').length").asInt());
  }

  /// Waits until all passes of the chosen T have arrived.
  private static void assertArrived(int samples, Browser browser) throws Exception {
    for (int tenth = 0; tenth < 600; tenth++) {
      if (browser.run("document.body.dataset.passes").asInt() == samples) {
        return;
      }
      Thread.sleep(100);
    }
    assertEquals(samples, browser.run("document.body.dataset.passes").asInt());
  }

  private static double[] doubles(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).asDouble()).toArray();
  }

  private static String words(Browser browser, String id) throws Exception {
    return browser.run("document.getElementById('%s').textContent".formatted(id)).asText();
  }

  @Test
  void wordsAreThoseOfPhilox() throws Exception {
    Browser browser = open(MLP, Screen.LAPTOP);
    JsonNode found =
        browser.run(
            """
            [0, 1, 0xffffffff, 2 ** 53 - 1].flatMap((seed) =>
              [0, 0x80000000, 2 ** 48 - 1].flatMap((input) =>
                [0, 3, 65535].flatMap((layer) => [...philoxWords(seed, input, layer, 2 * layer + 5, 11)])))
            """);
    int at = 0;
    for (long seed : new long[] {0, 1, 0xFFFF_FFFFL, (1L << 53) - 1}) {
      for (long input : new long[] {0, 0x8000_0000L, (1L << 48) - 1}) {
        for (int layer : new int[] {0, 3, 65_535}) {
          int[] words = new int[11];
          new Philox(seed).fill(input, layer, 2 * layer + 5, words);
          for (int word : words) {
            assertEquals(word, found.get(at++).asInt());
          }
        }
      }
    }
    assertEquals(at, found.size());
  }

  /// For each width of weights and each scheme the logits of each pass are the reference's, bit for
  /// bit; so are their mean and the address of the words.
  @Test
  void logitsAreThoseOfTheReference() throws Exception {
    for (Explored explored : List.of(CNN, MLP)) {
      Browser browser = open(explored, Screen.LAPTOP);
      float[] values = values(explored);
      long address = InputAddress.of(values);
      assertEquals(
          address,
          browser
              .run(
                  "inputAddress([...bytesOf(data.examples[3].pixels)].map((b) => data.input.values[b]))")
              .asLong());
      for (int width = 0; width < explored.questions().size(); width++) {
        Precision weights = explored.questions().get(width).trials().getFirst().setting().weights();
        for (Scheme scheme : Scheme.values()) {
          if (!scheme.anytime()) {
            continue;
          }
          Sampler reference =
              new IntegerReference(
                  Lowering.of(
                          explored.model().network(),
                          weights.weights().orElseThrow(),
                          weights.grid())
                      .result(),
                  new Run(SAMPLES, scheme, Averaging.END, LastHidden.BITS));
          double[][] passes = reference.passes(values, address, new Philox(explored.seed()));
          JsonNode found =
              browser.run(
                  """
                  (() => {
                    const bytes = bytesOf(data.examples[3].pixels);
                    const codes = Int32Array.from(bytes, (byte) => data.input.codes[byte]);
                    const network = new IntegerNetwork(data.widths[%s].network, data.lines);
                    const passes = network.passes(codes, %s, %s, "%s", %s).map((p) => p.logits);
                    return { passes, settled: settled(passes), ...answerOf(passes) };
                  })()
                  """
                      .formatted(width, address, explored.seed(), scheme, SAMPLES));
          for (int t = 0; t < SAMPLES; t++) {
            assertArrayEquals(passes[t], doubles(found.path("passes").get(t)), scheme + " " + t);
          }
          Answer answer = Answer.of(passes, true);
          assertArrayEquals(answer.logits(), doubles(found.path("logits")));
          assertEquals(answer.label(), found.path("label").asInt());
          assertArrayEquals(answer.probabilities(), doubles(found.path("probabilities")), 1e-14);
          assertEquals(answer.settled(), found.path("settled").asDouble(), 1e-9);
        }
      }
      assertWell(browser);
    }
  }

  private static float[] values(Explored explored) {
    float[] values = new float[explored.image().size()];
    SampleExplored.DIGITS.test().read(3, values, 0);
    InputForm form = explored.model().input();
    for (int i = 0; i < values.length && form.normalises(); i++) {
      values[i] = (values[i] - form.mean().getFirst()) / form.std().getFirst();
    }
    return values;
  }

  /// Every price is that of [Pricing], to the last bit, and every verdict that of [Question].
  @Test
  void pricesAndVerdictsAreTheLibrarys() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    // One call: a busy browser takes its time for each.
    JsonNode all =
        browser.run(
            """
            data.technologies.map((technology, chosen) =>
              [technology.costs.weightBit, 0, 3.97].map((memory) =>
                data.widths.map(({ tolerance }, width) => {
                  Object.assign(state, { technology: chosen, memory, width });
                  const trials = priced();
                  const verdict = verdictOf(trials, tolerance);
                  return { prices: trials.map((one) => one.picojoules), ...verdict };
                })))
            """);
    Set<Verdict.Answer> answers = new TreeSet<>();
    for (int technology = 0; technology < Technology.NAMES.size(); technology++) {
      Technology own = Technology.named(Technology.NAMES.get(technology));
      List<Technology> memories =
          List.of(
              own,
              own.withWeightMemory(Joules.ZERO),
              own.withWeightMemory(Joules.ofPicojoules(3.97)));
      for (int memory = 0; memory < memories.size(); memory++) {
        Pricing pricing = Pricing.strict(memories.get(memory));
        for (int width = 0; width < CNN.questions().size(); width++) {
          Question question = CNN.questions().get(width);
          JsonNode found = all.get(technology).get(memory).get(width);
          assertArrayEquals(
              question.trials().stream()
                  .mapToDouble(one -> pricing.of(one).energy().picojoules())
                  .toArray(),
              doubles(found.path("prices")));
          Verdict verdict = question.verdict(pricing);
          answers.add(verdict.answer());
          assertEquals(verdict.answer().toString(), found.path("answer").asText());
          assertEquals(told(verdict.samples()), told(found.path("samples")));
          assertEquals(told(verdict.bits()), told(found.path("bits")));
          assertEquals(told(verdict.open()), told(found.path("open")));
        }
      }
    }
    assertTrue(answers.size() >= 3, "only " + answers);
  }

  private static String told(Optional<Configuration> one) {
    return one.map(Configuration::setting)
        .map(setting ->
            "%s %s %s"
                .formatted(
                    setting.neuron().bits(), setting.samples(), Scheme.nameOf(setting.scheme())))
        .orElse("none");
  }

  private static String told(JsonNode one) {
    return one.isMissingNode()
        ? "none"
        : "%s %s %s"
            .formatted(
                one.path("bits").asInt(),
                one.path("samples").asInt(),
                one.path("scheme").asText("deterministic"));
  }

  /// Of all samples only those of the controls are compared, and the sentence says which.
  @Test
  void theHeadlineFollowsTheControls() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    JsonNode all =
        browser.run(
            """
            data.widths.flatMap((_, width) => ["scrambled", "xor"].flatMap((scheme) =>
              [1, 4, 32].map((samples) => {
                choose({ width, scheme, samples });
                return ["verdict", "basis"].map((id) => element(id).textContent);
              })))
            """);
    Pricing pricing = Pricing.strict(CNN.technology());
    Set<Verdict.Answer> answers = new TreeSet<>();
    int at = 0;
    for (Question question : CNN.questions()) {
      for (Scheme scheme : List.of(Scheme.SCRAMBLED, Scheme.XOR)) {
        for (int samples : List.of(1, 4, 32)) {
          Verdict verdict =
              new Question(
                      question.trials().stream()
                          .filter(one ->
                              !one.random()
                                  || (one.setting().samples() == samples
                                      && one.setting().scheme().equals(Optional.of(scheme))))
                          .toList(),
                      question.mostFrequent(),
                      question.tolerance())
                  .verdict(pricing);
          answers.add(verdict.answer());
          String words = all.get(at).get(0).asText();
          assertEquals(
              verdict.answer().toString(),
              words.substring(0, words.indexOf(':')).toLowerCase(ROOT));
          String chosen =
              "For %s %s %s,".formatted(samples, scheme, samples == 1 ? "sample" : "samples");
          String basis = all.get(at++).get(1).asText();
          assertTrue(basis.startsWith(chosen), basis);
          assertTrue(basis.contains("sram65 and 0.0384 pJ"), basis);
        }
      }
    }
    assertTrue(answers.size() >= 2, "only " + answers);
  }

  /// The library judges by the network of the most bits even where that fails; the page says so.
  @Test
  void aReferenceThatFailsIsNamed() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    assertEquals("", words(browser, "caution"));
    browser.run("choose({ width: data.widths.findIndex((one) => one.weights === '1') })");
    String caution = words(browser, "caution");
    assertTrue(caution.startsWith("Take care: only 47.20 % is required"), caution);
    assertTrue(caution.endsWith("reach 47.70 %, activations of 3 bits 94.00 %."), caution);
  }

  @Test
  void oneIsSingularAndOnePassShowsNoSpread() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    browser.run("choose({ samples: 1, width: data.widths.length - 1 })");
    assertTrue(words(browser, "settled").startsWith("settled: 1 pass shows no spread"));
    assertEquals(
        "[]",
        browser
            .run(
                """
                [...(document.body.textContent + element("width").textContent).matchAll(
                  /(?<![0-9.])1 (bits|samples|passes|neurons)/g)].map((found) => found[0])
                """)
            .toString());
  }

  /// At each T, for each width, on wide and narrow screens: no words of a chart lie on others.
  @Test
  void labelsKeepClearOfEachOther() throws Exception {
    for (Screen screen : List.of(Screen.LAPTOP, Screen.PHONE)) {
      Browser browser = open(CNN, screen);
      assertEquals(
          "[]",
          browser
              .run(
                  """
                  data.widths.flatMap((_, width) => counts.flatMap((samples) => {
                    choose({ width, samples });
                    return [settling, tradeoff].flatMap((plot) => {
                      plot.draw();
                      const texts = [...plot.place.querySelectorAll("svg text")];
                      const boxes = texts.map((one) => one.getBoundingClientRect());
                      return texts.flatMap((one, i) => texts.slice(0, i)
                        .filter((_, j) => overlap(boxes[i], boxes[j]) > 2)
                        .map((other) => `${width} T=${samples}: ${one.textContent} ${other.textContent}`));
                    });
                  }))
                  """)
              .toString());
      assertEquals(
          List.of("1 bit", "3 bits", "8 bits", "32 bits", "T = 32"),
          browser
              .run(
                  """
                  [...tradeoff.place.querySelectorAll("svg text")].map((one) => one.textContent)
                    .filter((words) => /bit|T =/.test(words)).toSorted((a, b) => parseInt(a) - parseInt(b))
                  """)
              .valueStream()
              .map(JsonNode::asText)
              .toList());
    }
  }

  /// A colour that stands for samples or twins stands for no class.
  @Test
  void aColourMeansOneThing() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    assertEquals(
        "[]",
        browser
            .run(
                """
                (() => {
                  const colours = (plot) =>
                    plot.figure.series.filter((one) => one.kind !== "reference")
                      .map((one) => appearance(one, lookOf()).colour);
                  return colours(settling).filter((one) => colours(tradeoff).includes(one));
                })()
                """)
            .toString());
  }

  @Test
  void passesArriveAndTheSliderMovesThePoint() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    assertArrived(8, browser);
    String energy = words(browser, "energy");
    String here = "tradeoff.figure.series.at(-1).points[0]";
    double before = browser.run(here + ".x").asDouble();
    browser.run("document.getElementById('samples').focus()");
    browser.press("ArrowRight", 39);
    assertArrived(16, browser);
    assertTrue(browser.run(here + ".x").asDouble() > before);
    assertTrue(words(browser, "verdict").contains("16 scrambled samples"), "the headline stays");
    assertEquals("T = 16", browser.run(here + ".label").asText());
    assertNotEquals(energy, words(browser, "energy"));
    assertEquals(
        "16 samples",
        browser.run("document.getElementById('samples').getAttribute('aria-valuetext')").asText());
    String verdict = words(browser, "verdict");
    browser.run(
        """
        (() => {
          const technology = document.getElementById("technology");
          technology.value = data.technologies.findIndex((one) => one.name === "hbm2-sram65");
          technology.dispatchEvent(new Event("change"));
        })()
        """);
    assertEquals("3.97 pJ/bit", words(browser, "memory-shown"));
    assertNotEquals(verdict, words(browser, "verdict"));
    assertWell(browser);
  }

  @Test
  void digitsAreDrawnByPointerAndByKeys() throws Exception {
    Browser browser = open(MLP, Screen.LAPTOP);
    browser.run("document.getElementById('clear').click()");
    String ink = "drawing.bytes.reduce((sum, byte) => sum + (byte > 127), 0)";
    assertEquals(0, browser.run(ink).asInt());
    assertEquals("Draw a digit", words(browser, "probability").split("The", 2)[0].strip());
    assertTrue(browser.run("element('settled').hidden").asBoolean());
    assertEquals(0, browser.run("passes.length + settling.figure.series.length").asInt());
    double[] box =
        doubles(
            browser.run(
                "(({ left, top, width }) => [left, top, width])(drawing.canvas.getBoundingClientRect())"));
    browser.drag(
        box[0] + 0.5 * box[2], box[1] + 0.2 * box[2], box[0] + 0.5 * box[2], box[1] + 0.8 * box[2]);
    int drawn = browser.run(ink).asInt();
    assertTrue(drawn > 25 && drawn < 80, "a stroke of %s pixels".formatted(drawn));
    String logits = browser.run("answers.at(-1).logits").toString();
    browser.run("document.getElementById('drawing').focus()");
    browser.press(" ", 32);
    browser.press("ArrowRight", 39);
    browser.press("ArrowRight", 39);
    browser.press("ArrowRight", 39);
    browser.press(" ", 32);
    assertTrue(browser.run(ink).asInt() > drawn, "the keys drew nothing");
    assertNotEquals(logits, browser.run("answers.at(-1).logits").toString());
    assertTrue(words(browser, "probability").startsWith("It is a"));
    browser.press("Delete", 46);
    assertEquals(0, browser.run(ink).asInt());
    browser.run("document.querySelectorAll('#examples button')[4].click()");
    assertEquals(
        "true",
        browser
            .run("document.querySelectorAll('#examples button')[4].getAttribute('aria-pressed')")
            .asText());
    assertArrived(8, browser);
    assertWell(browser);
  }

  @Test
  void aBitSaysWhereItComesFrom() throws Exception {
    Browser browser = open(MLP, Screen.LAPTOP);
    assertArrived(8, browser);
    browser.run("document.getElementById('raster').focus()");
    browser.press("ArrowRight", 39);
    browser.press("ArrowDown", 40);
    String told = words(browser, "bit");
    assertTrue(told.startsWith("Pass 2, neuron 1: the random number u = "), told);
    assertEquals(
        browser.run("passes[1].bits[0]").asInt(),
        Integer.parseInt(told.substring(told.length() - 2, told.length() - 1)));
    assertTrue(words(browser, "rows").startsWith("Rows: passes."), "the caption is gone");
  }

  @Test
  void everyNumberHasItsFormula() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    assertArrived(8, browser);
    List<String> ids = List.of("probability", "settled", "accuracy", "energy", "ratio", "decision");
    for (String id : ids) {
      browser.run("document.querySelector('#%s summary').click()".formatted(id));
      assertTrue(
          browser.run("document.querySelector('#%s .formula').offsetHeight".formatted(id)).asInt()
              > 30,
          id);
    }
    // The rows of the energy's table add up to what stands below them.
    double[] rows =
        doubles(
            browser.run(
                """
                [...document.querySelectorAll("#energy tbody tr")].map((row) =>
                  Number(row.lastChild.textContent.replaceAll(",", "")))
                """));
    double sum = IntStream.range(0, rows.length - 1).mapToDouble(i -> rows[i]).sum();
    assertEquals(rows[rows.length - 1], sum, 1e-3 * sum);
    browser.press("Escape", 27);
    assertEquals(0, browser.run("document.querySelectorAll('.value[open]').length").asInt());
  }

  @Test
  void phonesAndDarkScreensShowAllOfIt() throws Exception {
    for (Screen screen : List.of(Screen.LAPTOP, Screen.PHONE, Screen.DARK)) {
      Browser browser = open(CNN, screen);
      assertWell(browser);
      assertTrue(
          browser.run("document.documentElement.scrollWidth <= window.innerWidth").asBoolean(),
          "the page scrolls sideways");
    }
    Browser browser = open(CNN, Screen.PHONE);
    browser.look(Screen.DARK);
    assertEquals(browser.run("LOOKS.dark.ink").asText(), browser.run("raster.look.ink").asText());
    assertWell(browser);
  }

  /// On a phone: the digit, its answer, T, the other controls, the charts; so Tab goes.
  @Test
  void phonesShowTheDigitAndItsAnswerFirst() throws Exception {
    Browser browser = open(CNN, Screen.PHONE);
    JsonNode all =
        browser.run(
            """
            ["drawing", "probability", "samples", "scheme", "memory", "raster", "settling", "tradeoff"]
              .map((id) => element(id)).map((one, i, every) => [
                one.getBoundingClientRect().top,
                i === 0 || Boolean(every[i - 1].compareDocumentPosition(one) & 4),
              ])
            """);
    for (int i = 1; i < all.size(); i++) {
      assertTrue(all.get(i).get(0).asDouble() > all.get(i - 1).get(0).asDouble(), "place " + i);
      assertTrue(all.get(i).get(1).asBoolean(), "order " + i);
    }
  }

  /// Tab reaches all that can be used, and shows where it is; what charts tell is heard as well.
  @Test
  void allIsReachedByKeys() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    int all =
        browser
            .run("document.querySelectorAll('button, input, select, summary, [tabindex]').length")
            .asInt();
    Set<String> reached = new TreeSet<>();
    for (int i = 0; i < all; i++) {
      browser.press("Tab", 9);
      JsonNode focus =
          browser.run(
              """
              (({ id, tagName, parentElement, ariaLabel }, outline) =>
                [`${id} ${tagName} ${parentElement.id} ${ariaLabel}`, outline])(
                document.activeElement, getComputedStyle(document.activeElement).outlineStyle)
              """);
      reached.add(focus.get(0).asText());
      assertNotEquals("none", focus.get(1).asText(), focus.toString());
    }
    assertEquals(all, reached.size(), reached.toString());
    browser.run("element('tradeoff').focus()");
    browser.press("ArrowRight", 39);
    String said = browser.run("tradeoff.said.textContent").asText();
    assertTrue(said.startsWith("Energy per inference: "), said);
  }

  @Test
  void allThatCanBeUsedHasAName() throws Exception {
    Browser browser = open(CNN, Screen.LAPTOP);
    assertEquals(
        "[]",
        browser
            .run(
                """
                [...document.querySelectorAll("button, input, select, [tabindex]")]
                  .filter((one) => !(one.getAttribute("aria-label") ||
                    one.closest("label")?.textContent.trim() || one.textContent.trim()))
                  .map((one) => one.outerHTML)
                """)
            .toString());
    assertEquals("en", browser.run("document.documentElement.lang").asText());
  }

  @Test
  void thePageIsSmallSoonThereAndAlwaysTheSame(TestReporter reporter) throws Exception {
    byte[] page = Explorer.page(CNN);
    Browser browser = open(CNN, Screen.LAPTOP);
    // How long depends on what else the machine does: it is told, not judged.
    reporter.publishEntry(
        "explorer",
        "%s bytes, can be used after %s ms"
            .formatted(page.length, browser.run("document.body.dataset.ready").asText()));
    assertTrue(page.length < 3_000_000, "%s bytes".formatted(page.length));
    assertArrayEquals(page, Explorer.page(CNN));
    Path file = folder.resolve("same.html");
    Explorer.write(CNN, file);
    assertArrayEquals(page, Files.readAllBytes(file));
    assertFalse(new String(page, StandardCharsets.UTF_8).contains("src=\"http"));
  }
}
