package org.pdnn.ising.instance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.SpinGlass;
import org.pdnn.names.Printable;

/// Problems by name: `lattice:32x32`, `factor:143`.
public final class Instances {
  /// A name as lists show it.
  ///
  /// @param form the name with its parameters
  public record Known(String form, String description) {
    /// Up to the first colon.
    String name() {
      return form.replaceFirst(":.*", "");
    }
  }

  private static final List<Known> KNOWN =
      List.of(
          new Known("triangle", "three spins, each pair opposed, which no state satisfies"),
          new Known("lattice:RxC", "ferromagnet on a torus of R rows and C columns"),
          new Known("glass:RxC", "the same with couplings of +1 and -1 by chance"),
          new Known(
              "loops:RxC:N", "N planted frustrated loops on that torus: the ground state is known"),
          new Known("and", "an AND gate: a, b, z"),
          new Known("adder", "a full adder: a, b, carry in, sum, carry out"),
          new Known("factor:N", "a multiplier run backwards: factors of N"));

  private static final Pattern SIZES = Pattern.compile("(\\d{1,5})x(\\d{1,5})(?::(\\d{1,8}))?");

  private Instances() {}

  /// All of them.
  public static List<Known> known() {
    return KNOWN;
  }

  /// Whether a name is one of these, whatever its parameters.
  public static boolean has(String name) {
    String first = name.replaceFirst(":.*", "");
    return KNOWN.stream().anyMatch(known -> known.name().equals(first));
  }

  /// Makes a problem.
  ///
  /// @param name with its parameters
  /// @param seed of those that are made by chance
  /// @throws IllegalArgumentException if there is no such problem
  public static Problem of(String name, long seed) {
    String[] parts = name.split(":", 2);
    String rest = parts.length == 2 ? parts[1] : "";
    if (parts.length == 2 && KNOWN.stream().anyMatch(known -> known.form().equals(parts[0]))) {
      throw unknown(name);
    }
    return switch (parts[0]) {
      case "triangle" ->
          new SpinGlass(
              IsingModel.of(3).couple(0, 1, -1).couple(0, 2, -1).couple(1, 2, -1).build(), 0);
      case "lattice" -> lattice(name, rest, false).ferromagnet();
      case "glass" -> lattice(name, rest, false).glass(seed);
      case "loops" ->
          new FrustratedLoops(lattice(name, rest, true).neighbours(), seed)
              .sum(Integer.parseInt(rest.substring(rest.lastIndexOf(':') + 1)));
      case "and" -> Qubo.ofPenalties(new QuadraticForm(3).addAnd(0, 1, 2));
      case "adder" ->
          Qubo.ofPenalties(
              new QuadraticForm(5)
                  .addSquare(new int[] {0, 1, 2, 3, 4}, new int[] {1, 1, 1, -1, -2}, 0));
      case "factor" -> new Factoring(product(name, rest));
      default -> throw unknown(name);
    };
  }

  private static Lattice lattice(String name, String sizes, boolean counted) {
    Matcher matcher = SIZES.matcher(sizes);
    if (!matcher.matches() || (matcher.group(3) != null) != counted) {
      throw unknown(name);
    }
    return new Lattice(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static long product(String name, String digits) {
    if (!digits.matches("[0-9]{1,7}")) {
      throw unknown(name);
    }
    return Long.parseLong(digits);
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "%s names no problem; known are %s"
            .formatted(
                Printable.quoted(name),
                String.join(", ", KNOWN.stream().map(Known::form).toList())));
  }
}
