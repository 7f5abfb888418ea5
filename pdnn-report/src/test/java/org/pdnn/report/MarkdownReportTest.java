package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownReportTest {
  private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*]\\((pictures/[^)]*)\\)");

  @TempDir private Path folder;

  private static String page(Section... sections) {
    String page = MarkdownReport.of(SampleReport.of("Title", "Verdict.", List.of(sections)));
    return page.substring(0, page.indexOf("## Provenance"));
  }

  @Test
  void commandsStandAsCode() {
    assertEquals(
        """
        # Title

        Verdict.

        ## Next

            pdnn evaluate p.safetensors --data my_data

        """,
        page(new Commands("Next", List.of("pdnn evaluate p.safetensors --data my_data"))));
  }

  @Test
  void aFileBesideTheReportIsLinked() {
    Link link = new Link("Try it", "Draw an image", "explorer.html");
    assertEquals(
        """
        # Title

        Verdict.

        ## Try it

        [Draw an image](explorer.html)

        """,
        page(link));
    assertTrue(
        HtmlReport.page(SampleReport.of("Title", "Verdict.", List.of(link)))
            .contains("<a href=\"explorer.html\">Draw an image</a>"));
    assertThrows(
        IllegalArgumentException.class, () -> new Link("Try it", "Elsewhere", "https://a.b"));
  }

  @Test
  void aFigureIsATableOfItsSeries() {
    Figure figure =
        new Figure(
            "accuracy",
            "Accuracy",
            "Of two networks.",
            Axis.log2("Samples T", ""),
            Axis.linear("Accuracy", "%"),
            List.of(
                Series.line(
                    "s = 5", List.of(Point.of(1, 78.5912).between(77.8, 79.4), Point.of(10, 83.3))),
                Series.line("s = 1", List.of(Point.of(1, 72.92))),
                Series.reference("1 bit", 80.77)));
    assertEquals(
        """
        # Title

        Verdict.

        ## Figure 1. Accuracy

        Of two networks.

        | Accuracy (%) by Samples T | 1 | 10 |
        | --- | --- | --- |
        | s = 5 | 78.59 [77.80, 79.40] | 83.30 |
        | s = 1 | 72.92 |  |
        | 1 bit | 80.77 | 80.77 |

        """,
        page(figure));
  }

  @Test
  void manyPointsAreARowEach() {
    String page = page(SampleReport.accuracyAgainstEnergy());
    assertTrue(
        page.contains("| Series | Energy per inference (nJ) | Accuracy (%) | Label |"), page);
  }

  /// The evidence stands below the answer; the first figure's values are open, the others' folded.
  @Test
  void aChoiceIsATableForEachOption() {
    String page =
        MarkdownReport.of(
            new Document("Title")
                .headline("Verdict.")
                .lead(List.of("Evidence."))
                .add(SampleReport.byTechnology()));
    assertEquals(
        """
        # Title

        Verdict.

        Evidence.

        ## Figure 1. Accuracy against energy

        Each point of a curve is one T.

        ### Technology: sram65

        Samples win.

        | Accuracy (%) by Energy per inference (nJ) | 4744 | 4810 | 10858 |
        | --- | --- | --- | --- |
        | p-DNN | 78.59 |  | 81.74 |
        | deterministic, 1 bit |  | 80.77 [80.07, 81.47] |  |

        ### Technology: hbm2

        Bits win.

        <details><summary>Values</summary>

        | Accuracy (%) by Energy per inference (nJ) | 284501.58 | 284567.58 | 290615.58 |
        | --- | --- | --- | --- |
        | p-DNN | 78.59 |  | 81.74 |
        | deterministic, 1 bit |  | 80.77 [80.07, 81.47] |  |

        </details>

        """,
        page.substring(0, page.indexOf("## Provenance")));
  }

  @Test
  void everyPictureLiesBesideThePage() throws IOException {
    ReportFiles.write(SampleReport.study(), folder);
    Matcher pictures = PICTURE.matcher(Files.readString(folder.resolve("report.md")));
    int shown = 0;
    while (pictures.find()) {
      byte[] file = Files.readAllBytes(folder.resolve(pictures.group(1)));
      assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(file, 4));
      shown++;
    }
    assertTrue(shown > 0);
  }

  @Test
  void hostileWordsStayWords() {
    String hostile = "| <b> *x* [y](z) [r]: u\n# head `code` \\ ![i](j)";
    Table table =
        new Table(
            "t",
            hostile,
            hostile,
            List.of(Column.shown(hostile)),
            List.of(List.of(Cell.of(hostile))));
    String words = "\\<b\\> \\*x\\* [y\\](z) [r\\]: u \\# head \\`code\\` \\\\ ![i\\](j)";
    assertEquals(
        """
        # Title

        Verdict.

        ## Table 1. | %1$s

        | %1$s

        | \\| %1$s |
        | --- |
        | \\| %1$s |

        """
            .formatted(words),
        page(table));
  }
}
