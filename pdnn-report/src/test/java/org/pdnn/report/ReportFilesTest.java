package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>, \"quoted\"\nline";

  @TempDir private Path folder;

  @Test
  void writesThePageAndTheNumbersOfEveryFigureAndTable() throws IOException {
    List<Path> files = ReportFiles.write(SampleReport.study(), folder);
    assertEquals(
        List.of(
            "report.html",
            "report.md",
            "figures/accuracy-against-samples.csv",
            "figures/accuracy-against-samples.json",
            "figures/energy-against-samples.csv",
            "figures/energy-against-samples.json",
            "figures/accuracy-against-energy.csv",
            "figures/accuracy-against-energy.json",
            "tables/summary.csv",
            "tables/summary.json",
            "pictures/generated-1.png",
            "pictures/generated-2.png",
            "pictures/generated-3.png",
            "pictures/generated-4.png",
            "pictures/generated-5.png",
            "pictures/generated-6.png"),
        files.stream().map(file -> folder.relativize(file).toString().replace('\\', '/')).toList());
    for (Path file : files) {
      assertTrue(Files.size(file) > 0, file + " is empty");
    }
  }

  @Test
  void everyFigureOfAChoiceHasItsFiles() throws IOException {
    Choice choice = SampleReport.byTechnology();
    ReportFiles.write(SampleReport.of("Title", "", List.of(choice)), folder);
    for (Figure figure : choice.figures()) {
      Path csv = folder.resolve("figures/%s.csv".formatted(figure.id()));
      assertEquals(Csv.of(figure), Files.readString(csv));
      assertTrue(Files.exists(folder.resolve("figures/%s.json".formatted(figure.id()))));
    }
  }

  @Test
  void equalReportsAreEqualFiles() throws IOException {
    List<Path> once = ReportFiles.write(SampleReport.study(), folder.resolve("once"));
    List<Path> twice = ReportFiles.write(SampleReport.study(), folder.resolve("twice"));
    for (int i = 0; i < once.size(); i++) {
      assertArrayEquals(Files.readAllBytes(once.get(i)), Files.readAllBytes(twice.get(i)));
    }
  }

  @Test
  void csvHeadersAreTheKeysOfJsonAndCellsHoldAllDigits() {
    List<String> lines = Csv.of(SampleReport.accuracyAgainstSamples()).lines().toList();
    assertEquals("series,x,y,yLow,yHigh,label", lines.get(0));
    assertEquals("\"p-DNN, s = 5\",1,78.59,77.79,79.39,", lines.get(1));
    assertEquals("\"deterministic, 1 bit\",,80.77,,,", lines.getLast());
  }

  @Test
  void csvReturnsWhatItWasGiven() throws IOException {
    Table table =
        new Table(
            "t",
            "title",
            "",
            List.of(
                Column.of("words", "words"),
                Column.of("totalNanojoules", "energy").in("nJ").as("%.1f")),
            List.of(List.of(Cell.of(HOSTILE), Cell.of(1.0 / 3))));
    String csv = Csv.of(table);
    try (var rows =
        new CsvMapper()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .readerFor(String[].class)
            .<String[]>readValues(csv)) {
      assertArrayEquals(new String[] {"words", "totalNanojoules"}, rows.next());
      assertArrayEquals(new String[] {HOSTILE, String.valueOf(1.0 / 3)}, rows.next());
    }
    assertTrue(csv.endsWith("\r\n"), "RFC 4180 ends lines so");
  }

  @Test
  void jsonCarriesTheProvenance() throws IOException {
    ReportFiles.write(SampleReport.study(), folder);
    JsonNode figure =
        new ObjectMapper()
            .readTree(folder.resolve("figures/accuracy-against-samples.json").toFile());
    assertEquals("scrambled", figure.at("/provenance/scheme").textValue());
    assertEquals("log2", figure.at("/x/scale").textValue());
    assertEquals(83.56, figure.at("/series/0/points/5/y").doubleValue());
    assertEquals("reference", figure.at("/series/4/kind").textValue());
  }

  @Test
  void hostileWordsStayWords() {
    Figure figure =
        new Figure(
            "f",
            HOSTILE,
            HOSTILE,
            Axis.linear(HOSTILE, HOSTILE),
            Axis.linear("line\u2028end", ""),
            List.of(Series.markers(HOSTILE, List.of(Point.of(1, 1).labelled(HOSTILE)))));
    Picture picture = Picture.grey(1, 1, new byte[1], "\" onload=\"alert(1)");
    String page =
        HtmlReport.page(
            SampleReport.of(
                    HOSTILE,
                    HOSTILE,
                    List.of(
                        new Prose(HOSTILE, List.of(HOSTILE)),
                        figure,
                        new Pictures("p", HOSTILE, HOSTILE, List.of(picture))))
                .provenance(HOSTILE, HOSTILE));
    assertEquals(-1, page.indexOf("<img src=x"));
    assertEquals(-1, page.indexOf("\" onload"));
    assertEquals(-1, page.indexOf('\u2028', page.indexOf("application/json")));
    int scripts = page.split("<script", -1).length;
    assertEquals(scripts, page.split("</script", -1).length, "every script ends once");
  }
}
