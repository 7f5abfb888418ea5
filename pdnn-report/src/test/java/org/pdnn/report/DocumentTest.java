package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.pdnn.evaluation.Estimate;

/// One document, four forms.
class DocumentTest {
  private record Point(int samples, Estimate accuracy, OptionalDouble worth) {}

  private static final List<Point> POINTS =
      List.of(
          new Point(1, new Estimate(0.5, 0.25, 0.75), OptionalDouble.empty()),
          new Point(8, new Estimate(2 / 3.0, 0.5, 0.75), OptionalDouble.of(16)));

  private static Table curve(List<Point> points) {
    return new Rows<>(points)
        .add("samples", "T", Point::samples)
        .add(Column.percent("accuracy", "accuracy"), Point::accuracy)
        .add(Column.shown("range").in("%").times(100).as("%.1f"), p -> interval(p.accuracy()))
        .add(Column.of("equivalentSamples", "N_eq").as("%.1f"), Point::worth)
        .add(Column.kept("scheme"), _ -> "scrambled")
        .table("all-points", "All points", "On 3 images.");
  }

  private static Interval interval(Estimate estimate) {
    return new Interval(estimate.low(), estimate.high());
  }

  private static Document document() {
    return new Document("Title")
        .headline("Samples win.")
        .fact("model", "p.safetensors")
        .fact("verdict", Map.of("advice", "convert"))
        .fact("tolerance", 0.02)
        .fact("estimate", true)
        .add(curve(POINTS))
        .sentence("Said after.")
        .add(new Sentence("For a page.").only(Form.PAGE))
        .provenance("seed", 1);
  }

  @Test
  void textShowsRoundedNumbersInColumns() {
    assertEquals(
        """
        Samples win.
        T  accuracy %       range %  N_eq
        1       50.00  25.0 to 75.0     -
        8       66.67  50.0 to 75.0  16.0

        On 3 images.

        Said after.
        """,
        document().text());
  }

  /// In text below it, and in no other form for scripts; figures to choose from are for pages
  /// alone.
  @Test
  void theEvidenceFollowsTheAnswer() {
    Document document =
        new Document("T").headline("Samples.").lead(List.of("First.", "Second.")).fact("a", 1);
    String json = document.json();
    document.add(SampleReport.byTechnology());
    assertEquals("Samples.\nFirst.\nSecond.\n", document.text());
    assertEquals("a\n1\n", document.csv());
    assertEquals(json, document.json());
  }

  @Test
  void anIntervalIsHalfItsWidthWhereTheFormatAsksForIt() {
    Table table =
        new Rows<>(List.of(new Estimate(0.5, 0.25, 0.75), Estimate.exact(1)))
            .add(Column.percent("accuracy", "accuracy").as("%.1f ± %.1f"), one -> one)
            .table("t", "t");
    assertEquals("accuracy %\n50.0 ± 25.0\n100.0\n", new Document("T").add(table).text());
  }

  @Test
  void digitsThatCountAreShown() throws IOException {
    Document printed =
        new Document("Printed")
            .add(
                new Rows<>(List.of(new BigDecimal("2038.10"), new BigDecimal("2.04e6")))
                    .add("paper", "paper", one -> one)
                    .table("claims", "Claims"));
    assertEquals("paper\n2,038.10\n2,040,000\n", printed.text());
    assertEquals("paper\n2038.10\n2040000\n", printed.csv());
    JsonNode json = new ObjectMapper().readTree(printed.json());
    assertEquals(2038.1, json.at("/claims/0/paper").doubleValue());
  }

  @Test
  void numbersOfAColumnHaveOneForm() {
    Document energies =
        new Document("Energies")
            .add(
                new Rows<>(List.of(3661.7, 76_709.6))
                    .add(Column.of("nanojoules", "energy").in("nJ").as("%,.4g"), one -> one)
                    .table("energies", "Energies"));
    assertEquals("energy nJ\n3,662\n76,710\n", energies.text());
  }

  @Test
  void aColumnWithoutAValueIsNotShown() {
    Document measured =
        new Document("Measured")
            .add(
                new Rows<>(List.of("fold", "quantise"))
                    .add("step", "step", one -> one)
                    .add("loss", "loss", _ -> Optional.empty())
                    .table("steps", "Steps"));
    assertEquals("step\nfold\nquantise\n", measured.text());
    assertEquals("step,loss\nfold,\nquantise,\n", measured.csv());
  }

  @Test
  void whatWasComputedElsewhereDoesNotNoteWhereItIsWritten() throws IOException {
    Document kept = new Document("Kept").fact("a", 1).provenance("seed", 1).elsewhere();
    JsonNode json = new ObjectMapper().readTree(kept.json());
    assertEquals(1, json.path("provenance").size());
  }

  @Test
  void csvHoldsAllDigitsUnderTheKeysOfJson() {
    assertEquals(
        """
        samples,accuracy,accuracyLow,accuracyHigh,equivalentSamples,scheme
        1,0.5,0.25,0.75,,scrambled
        8,0.6666666666666666,0.5,0.75,16,scrambled
        """,
        document().csv());
  }

  @Test
  void jsonHoldsFactsTablesAndProvenance() throws IOException {
    JsonNode json = new ObjectMapper().readTree(document().json());
    assertEquals("p.safetensors", json.path("model").textValue());
    assertEquals("convert", json.at("/verdict/advice").textValue());
    assertEquals(0.02, json.path("tolerance").doubleValue());
    assertEquals(true, json.path("estimate").booleanValue());
    assertEquals(1, json.at("/allPoints/0/samples").intValue());
    assertFalse(json.at("/allPoints/0").has("equivalentSamples"));
    assertEquals(2 / 3.0, json.at("/allPoints/1/accuracy").doubleValue());
    assertEquals(0.75, json.at("/allPoints/1/accuracyHigh").doubleValue());
    assertEquals(1, json.at("/provenance/seed").intValue());
    assertFalse(json.at("/provenance/version").textValue().isEmpty());
  }

  @Test
  void aKeyWithinAnObjectIsNested() throws IOException {
    Document counts =
        new Document("Counts")
            .add(new Rows<>(List.of(3)).add("predicted/a b", "a b", n -> n).table("classes", "C"));
    JsonNode json = new ObjectMapper().readTree(counts.json());
    assertEquals(3, json.path("classes").path(0).path("predicted").path("a b").intValue());
    assertEquals("predicted/a b\n3\n", counts.csv());
  }

  @Test
  void factsAreOneRowOfCsvWhereThereAreNoTables() {
    Document summary =
        new Document("Trained")
            .fact("model", "m,1")
            .fact("accuracy", new Estimate(0.5, 0.25, 0.75))
            .fact("lists", List.of(1, 2));
    assertEquals("model,accuracy,accuracyLow,accuracyHigh\n\"m,1\",0.5,0.25,0.75\n", summary.csv());
  }

  @Test
  void documentsOfAGroupAreAListAndTheirTablesOne() throws IOException {
    Document both =
        new Document("Both")
            .add(
                new Group(
                    "models",
                    List.of(
                        new Document("a").fact("model", "a").add(curve(POINTS.subList(0, 1))),
                        new Document("b").fact("model", "b").add(curve(POINTS.subList(1, 2))))));
    assertEquals(document().csv(), both.csv());
    JsonNode json = new ObjectMapper().readTree(both.json());
    assertEquals("b", json.at("/models/1/model").textValue());
    assertEquals(8, json.at("/models/1/allPoints/0/samples").intValue());
  }

  @Test
  void tablesOfOtherColumnsFollowAfterAnEmptyLine() {
    Document two =
        new Document("Two")
            .add(new Rows<>(List.of(1)).add("a", "A", i -> i).table("one", "One"))
            .add(new Rows<>(List.of(2)).add("b", "B", i -> i).table("two", "Two"));
    assertEquals("a\n1\n\nb\n2\n", two.csv());
  }

  @Test
  void aFoldedTableRepeatsItsFirstColumns() {
    Table table =
        new Rows<>(List.of(1))
            .add("layer", "layer", _ -> "dense")
            .add("weights", "weights", i -> i)
            .fold(1)
            .add("neurons", "neurons", i -> 2 * i)
            .table("layers", "Layers");
    assertEquals(
        """
        layer  weights
        dense        1

        layer  neurons
        dense        2
        """,
        new Document("Folded").add(table).text());
  }

  @Test
  void aLastColumnOfWordsIsFlushLeft() {
    Table table =
        new Rows<>(List.of(5, 10))
            .add("n", "n", i -> i)
            .add("square", "square", i -> i * i)
            .add("words", "words", i -> "%s words".formatted(i))
            .table("words", "Words");
    assertEquals(
        """
        n   square  words
        5       25  5 words
        10     100  10 words
        """,
        new Document("Words").add(table).text());
  }

  @Test
  void textIsNoWiderThanAScreen() {
    String words = "word ".repeat(30).strip();
    String command = "Next: pdnn " + "evaluate ".repeat(20).strip();
    Document wide =
        new Document("Wide")
            .sentence(words)
            .sentence("  step: " + words)
            .add(new Prose("Taken for granted", List.of(words)))
            .add(new Commands("Next", List.of(command.substring("Next: ".length()))))
            .add(
                new Rows<>(List.of(1.5, 2.5))
                    .add("name", "name", _ -> "/a/path/without/spaces")
                    .add("words", "words", n -> n > 2 ? words : "few words")
                    .add("value", "value", n -> n)
                    .table("values", "Values", words));
    assertEquals(
        """
        word word word word word word word word word word word word word word word word word word word word
        word word word word word word word word word word
          step: word word word word word word word word word word word word word word word word word word
            word word word word word word word word word word word word
        Taken for granted:
          word word word word word word word word word word word word word word word word word word word
            word word word word word word word word word word word
        %s
        name                    words                                                                  value
        /a/path/without/spaces  few words                                                                1.5
        /a/path/without/spaces  word word word word word word word word word word word word word word    2.5
                                word word word word word word word word word word word word word word
                                word word

        word word word word word word word word word word word word word word word word word word word word
        word word word word word word word word word word
        """
            .formatted(command),
        wide.text());
  }

  /// Where it keeps words in a column of 40 characters.
  @Test
  void headingsAboveNumbersAreBroken() {
    String words = "word ".repeat(16).strip();
    Document wide =
        new Document("Wide")
            .add(
                new Rows<>(List.of(1))
                    .add("a", "largest difference of logits", n -> n)
                    .add("b", "smallest difference of logits", n -> n)
                    .add("words", "words", _ -> words)
                    .table("steps", "Steps"));
    assertEquals(
        """
        largest difference of logits        smallest difference of  words
                                                            logits
        1                                                        1  word word word word word word word word
                                                                    word word word word word word word word
        """,
        wide.text());
  }

  /// Words and numbers that cannot be broken keep their place.
  @Test
  void whatCannotBeBrokenIsWider() {
    String path = "/path".repeat(30);
    Document wide =
        new Document("Wide")
            .sentence("On " + path + " and more.")
            .add(
                new Rows<>(List.of(1))
                    .add("path", "path", _ -> path)
                    .add("n", "n", n -> n)
                    .table("paths", "Paths"));
    assertEquals(
        "On\n%s\nand more.\npath%s  n\n%s  1\n".formatted(path, " ".repeat(146), path),
        wide.text());
  }

  @Test
  void hostileNamesStayOnTheirLine() {
    String hostile = "a\u001b[2J\nb".repeat(1000);
    Document document =
        new Document("Hostile")
            .fact("model", hostile)
            .sentence(hostile)
            .add(new Rows<>(List.of(hostile)).add("n", "n", Optional::of).table("t", "t"));
    assertFalse(document.text().contains("\u001b"));
    assertFalse(document.json().contains("\u001b"));
    document.text().lines().forEach(line -> assertEquals(true, line.length() <= 1003));
  }

  @Test
  void severalWordsAreAListInJson() throws IOException {
    Document steps =
        new Document("Steps")
            .add(
                new Rows<>(List.of("fold", "bound"))
                    .add("step", "step", step -> step)
                    .add("details", "details", step -> List.of(step, "done"))
                    .add("count", "count", _ -> 1000)
                    .table("steps", "Steps"));
    JsonNode json = new ObjectMapper().readTree(steps.json());
    assertEquals("done", json.at("/steps/0/details/1").textValue());
    assertEquals("step,details,count\nfold,fold; done,1000\nbound,bound; done,1000\n", steps.csv());
    assertEquals(
        """
        step   details      count
        fold   fold; done    1000
        bound  bound; done   1000
        """,
        steps.text());
  }

  @Test
  void aTruthIsYesOrNoInTextAndATruthInJson() throws IOException {
    Document document =
        new Document("Truth")
            .add(new Rows<>(List.of(true, false)).add("front", "front", t -> t).table("t", "t"));
    assertEquals("front\nyes\nno\n", document.text());
    assertEquals("front\ntrue\nfalse\n", document.csv());
    JsonNode json = new ObjectMapper().readTree(document.json());
    assertEquals(true, json.at("/t/0/front").isBoolean() && json.at("/t/0/front").booleanValue());
  }
}
