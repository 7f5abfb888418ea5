package org.pdnn.ising.format;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.ising.Formula;
import org.pdnn.ising.IsingModel;

/// Formulas in DIMACS CNF: `p cnf variables clauses`, then clauses that end with 0, over lines or
/// not. SATLIB ends its files with a line `%` and a line `0`, which DIMACS does not know; they are
/// taken as the end.
final class DimacsFormat {
  private DimacsFormat() {}

  /// Reads a formula after its words `p cnf`.
  static Formula read(Lines lines) {
    int variables = lines.integer("the number of variables", 1, IsingModel.MOST_SPINS);
    int promised = lines.integer("the number of clauses", 0, IsingModel.MOST_COUPLINGS);
    lines.requireEnd();
    List<int[]> clauses = new ArrayList<>();
    List<Integer> clause = new ArrayList<>();
    while (lines.next() && lines.peek() != '%') {
      if (lines.peek() == 'c') {
        continue;
      }
      while (lines.hasWord()) {
        int literal = lines.integer("a literal", -variables, variables);
        if (literal != 0) {
          clause.add(literal);
        } else if (clause.isEmpty()) {
          throw lines.fault("a clause has no literal, so nothing satisfies it; remove it");
        } else {
          clauses.add(clause.stream().mapToInt(Integer::intValue).toArray());
          clause.clear();
        }
      }
    }
    if (!clause.isEmpty()) {
      throw lines.fault("the last clause does not end with 0; the file was cut off");
    }
    if (clauses.size() != promised) {
      throw lines.fault(
          "clauses promised: %s, found: %s; the file was cut off, or correct its line p"
              .formatted(promised, clauses.size()));
    }
    return new Formula(variables, clauses);
  }
}
