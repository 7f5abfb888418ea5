package org.pdnn.ising.instance;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.SpinGlass;
import org.pdnn.names.Limits;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// A model with a ground state that is known: the sum of loops on a graph, each satisfied by a
/// planted state but for one coupling (I. Hen and others, Phys. Rev. A 92, 042325, 2015).
///
/// No state violates fewer than one coupling of a loop with an odd number of negative ones, so the
/// planted state has the least energy of each loop, and of their sum.
final class FrustratedLoops {
  private final int[][] neighbours;
  private final RandomWords words;
  private final boolean[] planted;

  /// By spin: the place in the walk where it was met, or -1.
  private final int[] met;

  private final int[] walk;

  /// @param neighbours of each spin, all different, at least two
  FrustratedLoops(int[][] neighbours, long seed) {
    this.neighbours = neighbours;
    this.words = Philox.forPurpose(seed, "loops");
    this.planted = new boolean[neighbours.length];
    for (int spin = 0; spin < planted.length; spin++) {
      planted[spin] = words.word(0, 0, spin, 0) < 0;
    }
    this.met = new int[neighbours.length];
    this.walk = new int[neighbours.length + 1];
  }

  /// The sum of loops.
  ///
  /// @param loops their number, at least 1
  SpinGlass sum(int loops) {
    Limits.between("loops", 1, IsingModel.MOST_COUPLINGS / neighbours.length, loops);
    IsingModel.Builder model = IsingModel.of(neighbours.length);
    double energy = 0;
    for (int loop = 0; loop < loops; loop++) {
      energy += add(loop, model);
    }
    return new SpinGlass(model.build(), 0, OptionalDouble.of(energy));
  }

  /// Adds a loop: a random walk, without turning back, to where it first meets itself.
  ///
  /// @return the energy of the planted state in it
  private double add(int loop, IsingModel.Builder model) {
    Arrays.fill(met, -1);
    int spin = choose(loop, 0, neighbours.length);
    int length = 0;
    while (met[spin] < 0) {
      met[spin] = length;
      walk[length++] = spin;
      int[] beside = neighbours[spin];
      int back = length < 2 ? beside.length : place(walk[length - 2], beside);
      int direction = choose(loop, length, length < 2 ? beside.length : beside.length - 1);
      spin = beside[direction >= back ? direction + 1 : direction];
    }
    int from = met[spin];
    walk[length] = spin;
    int edges = length - from;
    int violated = from + choose(loop, neighbours.length + 1, edges);
    for (int k = from; k < length; k++) {
      int sign = planted[walk[k]] == planted[walk[k + 1]] ? 1 : -1;
      model.couple(walk[k], walk[k + 1], k == violated ? -sign : sign);
    }
    return 2.0 - edges;
  }

  private static int place(int spin, int[] spins) {
    int place = 0;
    while (spins[place] != spin) {
      place++;
    }
    return place;
  }

  private int choose(int loop, int step, int choices) {
    return (int) (RandomWords.uniform(words.word(1L + loop, 0, step, 0)) * choices);
  }
}
