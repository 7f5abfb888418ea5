package org.pdnn.ising;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.pdnn.names.Limits;

/// A formula in conjunctive normal form: clauses of literals, each to have one that is true.
///
/// The Ising model has a spin for each variable, up for true. A clause adds the product of (1 - m)
/// / 2 over its literals (m of a negated one with the other sign), which is 1 where it fails:
/// fields, couplings of pairs and of triples. Longer clauses are cut into clauses of three, (a b x)
/// (-x c d), by a further spin each. So the least energy is that of no clause failing.
public final class Formula implements Problem {
  private final int variables;
  private final List<int[]> clauses;
  private final IsingModel model;

  /// A formula.
  ///
  /// @param variables numbered from 1, as in DIMACS
  /// @param clauses literals: a variable, or minus the variable where it is negated
  /// @throws IllegalArgumentException for a clause that is empty or names another variable
  public Formula(int variables, List<int[]> clauses) {
    this.variables = variables;
    this.clauses = clauses.stream().map(int[]::clone).toList();
    for (int[] clause : this.clauses) {
      Limits.atLeast("a clause's literals", 1, clause.length);
      for (int literal : clause) {
        Limits.between("a literal's variable", 1, variables, Math.abs((long) literal));
      }
    }
    int spins =
        variables + this.clauses.stream().mapToInt(each -> Math.max(0, each.length - 3)).sum();
    IsingModel.Builder builder = IsingModel.of(spins);
    int next = variables + 1;
    for (int[] clause : this.clauses) {
      next = add(clause, next, builder);
    }
    this.model = builder.build();
  }

  /// Adds a clause.
  ///
  /// @param next the number of the first variable that is free
  /// @return that after those that the clause took
  private static int add(int[] clause, int next, IsingModel.Builder model) {
    int link = next;
    int[] rest = clause;
    while (rest.length > 3) {
      addPenalty(new int[] {rest[0], rest[1], link}, model);
      rest = Arrays.copyOfRange(rest, 1, rest.length);
      rest[0] = -link++;
    }
    addPenalty(rest, model);
    return link;
  }

  /// Adds the product of (1 - m) / 2 over at most three literals.
  private static void addPenalty(int[] clause, IsingModel.Builder model) {
    int[] literals = Arrays.stream(clause).distinct().toArray();
    if (Arrays.stream(literals).map(Math::abs).distinct().count() < literals.length) {
      // A variable or its negation is true.
      return;
    }
    double share = Math.scalb(1.0, -literals.length);
    for (int a = 0; a < literals.length; a++) {
      int one = Math.abs(literals[a]) - 1;
      double ofOne = Integer.signum(literals[a]) * share;
      model.field(one, ofOne);
      for (int b = a + 1; b < literals.length; b++) {
        int other = Math.abs(literals[b]) - 1;
        double ofTwo = Integer.signum(literals[b]) * ofOne;
        model.couple(one, other, -ofTwo);
        for (int c = b + 1; c < literals.length; c++) {
          model.couple(one, other, Math.abs(literals[c]) - 1, Integer.signum(literals[c]) * ofTwo);
        }
      }
    }
  }

  /// Number of variables.
  public int variables() {
    return variables;
  }

  /// Number of clauses.
  public int clauses() {
    return clauses.size();
  }

  @Override
  public IsingModel model() {
    return model;
  }

  @Override
  public String measure() {
    return "unsatisfied clauses";
  }

  @Override
  public boolean greatest() {
    return false;
  }

  /// 0, that of a formula that can be satisfied.
  @Override
  public OptionalDouble best() {
    return OptionalDouble.of(0);
  }

  @Override
  public double value(Spins spins) {
    int unsatisfied = 0;
    for (int[] clause : clauses) {
      boolean satisfied = false;
      for (int literal : clause) {
        satisfied |= spins.up(Math.abs(literal) - 1) == literal > 0;
      }
      unsatisfied += satisfied ? 0 : 1;
    }
    return unsatisfied;
  }

  /// The literals that are true: `1 -2 3`.
  @Override
  public String solution(Spins spins) {
    StringBuilder literals = new StringBuilder();
    for (int variable = 1; variable <= variables; variable++) {
      literals
          .append(variable == 1 ? "" : " ")
          .append(spins.up(variable - 1) ? variable : -variable);
    }
    return literals.toString();
  }
}
