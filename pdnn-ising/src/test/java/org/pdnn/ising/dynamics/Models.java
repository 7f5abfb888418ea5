package org.pdnn.ising.dynamics;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.instance.Instances;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Models of each kind that a kernel treats in its own way.
public final class Models {
  private Models() {}

  static Stream<Named<IsingModel>> all() {
    return Stream.of(
        Named.of("lattice of +1 and -1", Instances.of("glass:5x7", 3).model()),
        Named.of("small whole numbers, fields", random(21, 60, 2, 1, 1)),
        Named.of("quarters", random(18, 40, 3, 0.25, 2)),
        Named.of("beyond bytes", random(12, 40, 500, 1, 3)),
        Named.of("real numbers", random(23, 80, 1, 1e-9, 4)),
        Named.of("triples", triples(19, 0.125)),
        Named.of("real triples", triples(14, 1e-9)),
        Named.of("no coupling", IsingModel.of(6).field(2, 0.5).build()),
        Named.of("nothing", IsingModel.of(1).build()));
  }

  /// Couplings and fields by chance: multiples of a unit up to a greatest magnitude.
  public static IsingModel random(int spins, int couplings, double most, double unit, long seed) {
    RandomWords words = new Philox(seed);
    IsingModel.Builder model = IsingModel.of(spins);
    for (int k = 0; k < couplings; k++) {
      int one = (int) (RandomWords.uniform(words.word(0, 0, k, 0)) * spins);
      int other = (int) (RandomWords.uniform(words.word(0, 0, k, 1)) * (spins - 1));
      model.couple(one, other + (other >= one ? 1 : 0), value(words.word(0, 0, k, 2), most, unit));
    }
    for (int spin = 0; spin < spins; spin++) {
      model.field(spin, value(words.word(1, 0, spin, 0), most, unit));
    }
    return model.build();
  }

  /// The same with couplings of three spins.
  private static IsingModel triples(int spins, double unit) {
    IsingModel pairs = random(spins, 2 * spins, 1, unit, 6);
    RandomWords words = new Philox(6);
    IsingModel.Builder model = IsingModel.of(spins);
    for (int spin = 0; spin < spins; spin++) {
      model.field(spin, pairs.field(spin));
      for (int k = 0; k < pairs.degree(spin); k++) {
        if (pairs.neighbour(spin, k) > spin) {
          model.couple(spin, pairs.neighbour(spin, k), pairs.coupling(spin, k));
        }
      }
      int step = 1 + (words.word(2, 0, spin, 0) >>> 31);
      model.couple(
          spin,
          (spin + 2 * step + 1) % spins,
          (spin + step) % spins,
          value(words.word(2, 0, spin, 1), 1, unit));
    }
    return model.build();
  }

  private static double value(int word, double most, double unit) {
    return Math.rint((2 * RandomWords.uniform(word) - 1) * most / unit) * unit;
  }
}
