package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports cannot hold nonsense.
class RequirementsTest {
  private static final Axis T = Axis.log2("Samples T", "");
  private static final Axis ACCURACY = Axis.linear("Accuracy", "%");

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void valuesAreFinite(double value) {
    assertRefused("y must be finite, got " + value, () -> Point.of(1, value));
    assertRefused("x must be finite, got " + value, () -> Point.of(value, 1));
    assertRefused("y must be finite, got " + value, () -> Series.reference("twin", value));
    assertRefused("value must be finite, got " + value, () -> Cell.of(value));
  }

  @Test
  void idsDifferWithinADocument() {
    Table table = SampleReport.table();
    assertRefused(
        "ids must differ within a document, got 'summary' twice",
        () -> new Document("title").add(table).add(table));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "a b", "../a", "a--b", "-a", "a.csv", "é"})
  void idsAreFileNamesEverywhere(String id) {
    assertRefused(
        "id must be lower-case letters and digits joined by hyphens, got '" + id + "'",
        () -> figure(id, T, Series.reference("twin", 1)));
  }

  @Test
  void figuresOfAChoiceHaveIdsOfTheirOwn() {
    Choice choice = SampleReport.byTechnology();
    assertRefused(
        "ids must differ within a document, got 'hbm2' twice",
        () ->
            new Document("title").add(choice).add(figure("hbm2", T, Series.reference("twin", 1))));
  }

  @Test
  void aChoiceHasOptionsThatDiffer() {
    Figure one = figure("one", T, Series.reference("twin", 1));
    assertRefused("choice 'c' must have at least 2 options, got 1", () -> choice(option("a", one)));
    assertRefused(
        "options must differ within choice 'c', got 'a' twice",
        () -> choice(option("a", one), option("a", one)));
    assertRefused("option must not be blank", () -> option(" ", one));
  }

  private static Choice.Option option(String name, Figure figure) {
    return new Choice.Option(name, figure);
  }

  private static Choice choice(Choice.Option... options) {
    return new Choice("c", "title", "", "Technology", List.of(options));
  }

  @Test
  void seriesOfAFigureDifferInName() {
    assertRefused(
        "series names must differ within figure 'f', got 'twin' twice",
        () -> figure("f", T, Series.reference("twin", 1), Series.reference("twin", 2)));
  }

  @Test
  void aFigureHasSeriesAndASeriesHasPoints() {
    assertRefused("figure 'f' must have at least 1 series", () -> figure("f", T));
    assertRefused(
        "series 'empty' must have at least 1 point", () -> Series.line("empty", List.of()));
  }

  @Test
  void aLogAxisHasNoPlaceForZero() {
    assertRefused(
        "values on the log axis 'Samples T' must be positive, got 0.0 in series 'p-DNN'",
        () -> figure("f", T, Series.line("p-DNN", List.of(Point.of(0, 1)))));
    Series low = Series.line("p-DNN", List.of(Point.of(1, 1).between(-1, 2)));
    assertRefused(
        "values on the log axis 'Energy' must be positive, got -1.0 in series 'p-DNN'",
        () -> new Figure("f", "title", "", T, Axis.log10("Energy", "nJ"), List.of(low)));
    assertRefused("ticks of a log axis must be positive, got [0.0, 1.0]", () -> T.withTicks(0, 1));
  }

  @Test
  void barsBeginAtZero() {
    assertRefused(
        "bars begin at 0, which the log axis 'Energy' does not have; got bars 'ours'",
        () ->
            new Figure(
                "f",
                "title",
                "",
                Axis.of("Component", List.of("memory")),
                Axis.log10("Energy", "nJ"),
                List.of(Series.bars("ours", List.of(Point.of(1, 1))))));
  }

  @Test
  void everyTickHasItsLabel() {
    assertRefused(
        "axis 'Component' must have a label for each of its 2 ticks, got 1",
        () -> new Axis("Component", "", Axis.Scale.LINEAR, List.of(1.0, 2.0), List.of("memory")));
  }

  @Test
  void ticksAscendAndIntervalsDoNotDescend() {
    assertRefused("ticks must ascend, got [2.0, 1.0]", () -> T.withTicks(2, 1));
    assertRefused("low must not exceed high, got 2.0 and 1.0", () -> new Interval(2, 1));
  }

  @Test
  void rowsFillTheirTable() {
    assertRefused(
        "rows of table 't' must have 1 cells, got 2 in row 1",
        () ->
            new Table(
                "t",
                "title",
                "",
                List.of(Column.of("a", "a")),
                List.of(List.of(Cell.of("1"), Cell.of("2")))));
  }

  @Test
  void aFormatSuitsARealNumber() {
    assertEquals("3.14", Column.shown("a").as("%.2f").show(Cell.of(Math.PI)));
    assertEquals("32", Column.shown("a").show(Cell.of(32.0)));
    assertRefused("format must suit one real number, got '%d'", () -> Column.shown("a").as("%d"));
  }

  @Test
  void whatRoundsToNothingIsNotNegative() {
    assertEquals("0.00", Column.shown("a").as("%.2f").show(Cell.of(-0.001)));
    assertEquals("+0.00", Column.shown("a").as("%+.2f").show(Cell.of(-0.001)));
    assertEquals("-0.01", Column.shown("a").as("%.2f").show(Cell.of(-0.006)));
  }

  @Test
  void keysDifferWithinATable() {
    assertRefused(
        "keys must differ within table 't', got 'a' twice",
        () ->
            new Rows<>(List.of(1)).add("a", "one", i -> i).add("a", "two", i -> i).table("t", "t"));
  }

  @Test
  void picturesHaveAllTheirPixels() {
    assertRefused(
        "a picture of 2 x 2 pixels has 12 bytes, got 4",
        () -> Picture.rgb(2, 2, new byte[4], "short"));
  }

  @Test
  void wordsThatMustBeThereAre() {
    assertRefused("title must not be blank", () -> new Document(" "));
    assertRefused("axis name must not be blank", () -> Axis.linear("", ""));
    assertRefused("series name must not be blank", () -> Series.reference("", 1));
  }

  private static Figure figure(String id, Axis x, Series... series) {
    return new Figure(id, "title", "", x, ACCURACY, List.of(series));
  }

  private static void assertRefused(String sentence, Runnable making) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, making::run).getMessage());
  }
}
