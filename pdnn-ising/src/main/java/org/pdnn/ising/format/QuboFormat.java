package org.pdnn.ising.format;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Qubo;
import org.pdnn.names.Printable;

/// Quadratic forms in three notations: that of qbsolv (`p qubo 0 n diagonals couplers`, then lines
/// `i j value` from 0), and coordinates alone (COO, as dimod writes them: an optional line `#
/// vartype=SPIN`, then lines `i j value`).
final class QuboFormat {
  private static final Pattern VARTYPE =
      Pattern.compile("#+vartype[=:](.*)", Pattern.CASE_INSENSITIVE);

  private QuboFormat() {}

  /// Reads a form of qbsolv after its words `p qubo`.
  static Qubo read(Lines lines) {
    String target = lines.word("the target");
    if (!target.equals("0") && !target.equals("unconstrained")) {
      throw lines.fault(
          "the target must be 0 or unconstrained, got %s".formatted(Printable.quoted(target)));
    }
    int bits = lines.integer("the number of variables", 1, IsingModel.MOST_SPINS);
    int diagonals = lines.integer("the number of diagonals", 0, bits);
    int couplers = lines.integer("the number of couplers", 0, IsingModel.MOST_COUPLINGS);
    lines.requireEnd();
    QuadraticForm form = new QuadraticForm(bits);
    int diagonal = 0;
    int coupler = 0;
    while (lines.next()) {
      if (lines.peek() == 'c') {
        continue;
      }
      int one = lines.integer("a variable", 0, bits - 1);
      int other = lines.integer("a variable", 0, bits - 1);
      form.add(one, other, lines.real("a value"));
      lines.requireEnd();
      diagonal += one == other ? 1 : 0;
      coupler += one == other ? 0 : 1;
    }
    if (diagonal != diagonals || coupler != couplers) {
      throw lines.fault(
          "diagonals and couplers promised: %s and %s, found: %s and %s; the file was cut off"
              .formatted(diagonals, couplers, diagonal, coupler));
    }
    return Qubo.of(form);
  }

  /// Reads a symmetric matrix as BiqMac's gka and Beasley collections have it (`.sparse`), whose
  /// first line is the next one: `n m`, then m lines `i j value` from 1, its upper half. The form
  /// is the sum over all i and j, so that products count twice.
  static Qubo readSparse(Lines lines) {
    int bits = lines.integer("the number of variables", 1, IsingModel.MOST_SPINS);
    int entries = lines.integer("the number of entries", 0, IsingModel.MOST_COUPLINGS);
    lines.requireEnd();
    QuadraticForm form = new QuadraticForm(bits);
    int count = 0;
    for (; lines.next(); count++) {
      int one = lines.integer("a variable", 1, bits) - 1;
      int other = lines.integer("a variable", 1, bits) - 1;
      double value = lines.real("a value");
      lines.requireEnd();
      form.add(one, other, one == other ? value : 2 * value);
    }
    if (count != entries) {
      throw lines.fault(
          "entries promised: %s, found: %s; the file was cut off".formatted(entries, count));
    }
    return Qubo.of(form);
  }

  /// Reads coordinates whose first line is the next one. Bits are to be minimised; spins have
  /// dimod's sign, E = sum of h s + sum of J s s.
  static Problem readCoordinates(Lines lines) {
    boolean spins = false;
    Coordinates coordinates = new Coordinates();
    do {
      if (lines.peek() == '#') {
        spins = vartype(lines).map("SPIN"::equals).orElse(spins);
        continue;
      }
      int one = lines.integer("a variable", 0, IsingModel.MOST_SPINS - 1);
      int other = lines.integer("a variable", 0, IsingModel.MOST_SPINS - 1);
      coordinates.add(one, other, lines.real("a value"));
      lines.requireEnd();
    } while (lines.next());
    return spins ? coordinates.spins() : coordinates.bits();
  }

  /// The type of variables that a comment names, `SPIN` or `BINARY`, if it names one.
  private static Optional<String> vartype(Lines lines) {
    StringBuilder comment = new StringBuilder();
    while (lines.hasWord()) {
      comment.append(lines.word("a comment"));
    }
    Matcher named = VARTYPE.matcher(comment);
    if (!named.matches()) {
      return Optional.empty();
    }
    String type = named.group(1).toUpperCase(Locale.ROOT);
    if (!type.equals("SPIN") && !type.equals("BINARY")) {
      throw lines.fault(
          "vartype must be SPIN or BINARY, got %s".formatted(Printable.quoted(named.group(1))));
    }
    return Optional.of(type);
  }
}
