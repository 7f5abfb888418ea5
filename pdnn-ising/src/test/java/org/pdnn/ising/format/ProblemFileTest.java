package org.pdnn.ising.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.ising.Formula;
import org.pdnn.ising.MaxCut;
import org.pdnn.ising.Problem;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.SpinGlass;
import org.pdnn.ising.Spins;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Files of five formats become problems; what is damaged is refused with its line.
class ProblemFileTest {
  private static final String GRAPH = "3 2\n1 2 1\n2 3 -2\n\n";
  private static final String CNF = "c a comment\np cnf 3 2\n1 -2\n3 0 2 -3 0\n%\n0\n\n";
  private static final String QBSOLV = "c x\np qubo 0 3 1 2\n0 0 -1.5\n0 1 2\nc y\n1 2 0.5\n";
  private static final String COORDINATES = "# vartype=SPIN\n0 0 1\n0 1 -1.0\n";
  private static final String DIMOD =
      """
      {"type": "BinaryQuadraticModel", "version": {"bqm_schema": "3.0.0"}, "use_bytes": false,
       "index_type": "uint16", "bias_type": "float32", "num_variables": 2, "num_interactions": 1,
       "variable_labels": ["a", "b"], "variable_type": "SPIN", "offset": 0.5, "info": {},
       "linear_biases": [1.0, -2.0], "quadratic_biases": [3.0], "quadratic_head": [0],
       "quadratic_tail": [1]}
      """;

  private static Problem parse(String text) throws IOException {
    return ProblemFile.parse(text.getBytes(StandardCharsets.UTF_8), "x");
  }

  @Test
  void aGraphIsCut() throws IOException {
    Problem graph = assertInstanceOf(MaxCut.class, parse(GRAPH));
    assertEquals(1, graph.value(Spins.parse("+--")));
    assertEquals(-2, graph.value(Spins.parse("++-")));
    assertEquals(1, parse("2 1\r\n1 2\r\n").value(Spins.parse("+-")));
  }

  /// SATLIB's tail is the end, and a clause may go over lines.
  @Test
  void aFormulaHasItsClauses() throws IOException {
    Formula formula = assertInstanceOf(Formula.class, parse(CNF));
    assertEquals(2, formula.clauses());
    assertEquals(1, formula.value(Spins.parse("-+--")));
    assertEquals(0, formula.value(Spins.parse("++--")));
  }

  @Test
  void aFormOfBitsIsMinimised() throws IOException {
    Problem qubo = assertInstanceOf(Qubo.class, parse(QBSOLV));
    assertEquals(-1.5, qubo.value(Spins.parse("+--")));
    assertEquals(1, qubo.value(Spins.parse("+++")));
    assertEquals(2, assertInstanceOf(Qubo.class, parse("0 1 2\n")).value(Spins.parse("++")));
  }

  /// The sum over both halves: products count twice, so that -63 and 2 * 63 come to this.
  @Test
  void aSparseMatrixIsAForm() throws IOException {
    String matrix = "2 2\n1 1 -63\n1 2 63\n";
    assertEquals(
        63,
        ProblemFile.parse(matrix.getBytes(StandardCharsets.UTF_8), "gka.sparse")
            .value(Spins.parse("++")));
    String cut = "2 2\n1 1 -63\n";
    IOException fault =
        assertThrows(
            IOException.class,
            () -> ProblemFile.parse(cut.getBytes(StandardCharsets.UTF_8), "x.sparse"));
    assertEquals(
        "x.sparse, line 3: entries promised: 2, found: 1; the file was cut off",
        fault.getMessage());
  }

  @Test
  void aMarkBeforeTheTextIsPassed() throws IOException {
    assertEquals(1, parse("\uFEFF2 1\n1 2\n").value(Spins.parse("+-")));
  }

  /// dimod's signs: E = sum of h s + sum of J s s.
  @Test
  void spinsOfDimodKeepTheirEnergy() throws IOException {
    Problem coordinates = assertInstanceOf(SpinGlass.class, parse(COORDINATES));
    assertEquals(0, coordinates.value(Spins.parse("++")));
    assertEquals(2, coordinates.value(Spins.parse("+-")));
    assertInstanceOf(SpinGlass.class, parse("#vartype = spin\n0 1 1\n"));
    Problem dimod = assertInstanceOf(SpinGlass.class, parse(DIMOD));
    assertEquals(0.5 + 1 + 2 - 3, dimod.value(Spins.parse("+-")));
    Problem bits = parse(DIMOD.replace("SPIN", "BINARY"));
    assertEquals(0.5 + 1 - 2 + 3, bits.value(Spins.parse("++")));
    assertEquals(0.5, bits.value(Spins.parse("--")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "3 2;1 2 1 | x, line 2: edges promised: 2, found: 1; the file was cut off",
        "3 1;1 2 1;1 3 1 | x, line 3: the file has more than its 1 edges; correct its first line",
        "3 2;1 2 1;2 1 4 | x, line 3: edge 1 2 is also in line 2; keep one of them",
        "3 1;2 2 1 | x, line 2: vertex 2 has an edge to itself; remove it, or end the file's name in .sparse if this is a matrix of bits",
        "3 1;1 4 1 | x, line 2: a vertex must be 1 to 3, got 4",
        "3 1;1 2 NaN | x, line 2: a weight must be a number, got 'NaN'",
        "3 1;1 2 1e999 | x, line 2: a weight must be finite, got '1e999'",
        "3 1;1 2 0x1p3 | x, line 2: a weight must be a number, got '0x1p3'",
        "3 1;1 2 x | x, line 2: a weight must be a number, got 'x'",
        "3 1;1 2 1 1 | x, line 2: '1' is one word too many; the file is of another format",
        "3 99999999;1 2 1 | x, line 1: the number of edges must be 0 to 50000000, got 99999999",
        "0 0 | x, line 1: the number of vertices must be 1 to 16777216, got 0",
        "9999999999999 1 | x, line 1: the number of vertices must be 1 to 16777216, got 9999999999999",
        "p dnf 1 1 | x, line 1: 'p' is followed by cnf or qubo, got 'dnf'",
        "p cnf 2 1;1 3 0 | x, line 2: a literal must be -2 to 2, got 3",
        "p cnf 2 1;1 2 | x, line 2: the last clause does not end with 0; the file was cut off",
        "p cnf 2 1;0 | x, line 2: a clause has no literal, so nothing satisfies it; remove it",
        "p cnf 2 2;1 0 | x, line 2: clauses promised: 2, found: 1; the file was cut off, or correct its line p",
        "p qubo 0 2 1 1;0 0 1 | x, line 2: diagonals and couplers promised: 1 and 1, found: 1 and 0; the file was cut off",
        "'' | x, line 1: the file has no problem; it is empty",
        "# vartype=FOO;0 1 1 | x, line 1: vartype must be SPIN or BINARY, got 'FOO'",
        "{} | x: 'type' is missing",
      })
  void whatIsDamagedIsRefusedWithItsLine(String text, String message) {
    String file = text.replace("''", "").replace(';', '\n');
    assertEquals(message, assertThrows(IOException.class, () -> parse(file)).getMessage());
  }

  /// Bytes of valid files, changed, cut and doubled by chance: each is read or refused in one
  /// sentence.
  @Test
  void tenThousandDamagedFilesAreReadOrRefused() throws IOException {
    List<String> seeds = List.of(GRAPH, CNF, QBSOLV, COORDINATES, DIMOD);
    RandomWords words = new Philox(12);
    int refused = 0;
    for (int file = 0; file < 10_000; file++) {
      byte[] bytes = seeds.get(file % seeds.size()).getBytes(StandardCharsets.UTF_8);
      int changes = 1 + Integer.remainderUnsigned(words.word(file, 0, 0, 0), 4);
      for (int change = 1; change <= changes; change++) {
        int at = Integer.remainderUnsigned(words.word(file, 0, change, 0), bytes.length);
        int word = words.word(file, 0, change, 1);
        bytes[at] =
            (word & 3) == 0
                ? (byte) (word >>> 8)
                : (byte) "0123456789 -\n.ep%c#{}[]\"".charAt((word >>> 8 & 0xFF) % 24);
      }
      try {
        Problem problem = ProblemFile.parse(bytes, "x");
        problem.value(Spins.of(problem.model().size(), spin -> true));
      } catch (IOException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("x") && message.length() < 400, message);
        refused++;
      }
    }
    assertTrue(refused > 3000 && refused < 10_000, refused + " refused");
  }
}
