package org.pdnn.ising;

import java.util.List;
import java.util.OptionalDouble;
import org.pdnn.names.Limits;

/// A formula in conjunctive normal form: clauses of literals, each to have one that is true.
///
/// The Ising model has a spin for each variable, up for true. A clause adds the product of its
/// negated literals, which is 1 where it fails: 1 - a for the clause (a), (1 - a)(1 - b) for (a b).
/// Of three literals (1-a)(1-b)(1-c) has the term -abc, which is the least of z (2 - a - b - c)
/// over a spin z of the clause's own. Longer clauses are cut into clauses of three, (a b x) (-x c
/// d), by further spins. So the least energy is that of no clause failing.
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
    Penalties penalties = new Penalties(new QuadraticForm(variables));
    this.clauses.forEach(penalties::add);
    this.model = penalties.form.model();
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

  /// The clauses as a quadratic form.
  private static final class Penalties {
    private final QuadraticForm form;

    Penalties(QuadraticForm form) {
      this.form = form;
    }

    /// A further variable, numbered from 1.
    private int further() {
      return form.newBit() + 1;
    }

    void add(int[] clause) {
      switch (clause.length) {
        case 1 -> {
          form.add(1);
          addLiteral(clause[0], -1);
        }
        case 2 -> addPair(clause[0], clause[1]);
        default -> {
          int first = clause[0];
          for (int k = 1; k < clause.length - 2; k++) {
            int link = further();
            addTriple(first, clause[k], link);
            first = -link;
          }
          addTriple(first, clause[clause.length - 2], clause[clause.length - 1]);
        }
      }
    }

    /// (1 - a)(1 - b).
    private void addPair(int a, int b) {
      form.add(1);
      addLiteral(a, -1);
      addLiteral(b, -1);
      addProduct(a, b, 1);
    }

    /// (1 - a)(1 - b)(1 - c), the least of it over z.
    private void addTriple(int a, int b, int c) {
      int z = further();
      form.add(1);
      addLiteral(z, 2);
      for (int literal : new int[] {a, b, c}) {
        addLiteral(literal, -1);
        addProduct(z, literal, -1);
      }
      addProduct(a, b, 1);
      addProduct(a, c, 1);
      addProduct(b, c, 1);
    }

    /// A multiple of a literal: of its bit, or of 1 less its bit.
    private void addLiteral(int literal, double coefficient) {
      if (literal > 0) {
        form.add(literal - 1, coefficient);
      } else {
        form.add(coefficient).add(-literal - 1, -coefficient);
      }
    }

    private void addProduct(int one, int other, double coefficient) {
      if (one < 0) {
        addLiteral(other, coefficient);
        addProduct(-one, other, -coefficient);
      } else if (other < 0) {
        addLiteral(one, coefficient);
        addProduct(one, -other, -coefficient);
      } else {
        form.add(one - 1, other - 1, coefficient);
      }
    }
  }
}
