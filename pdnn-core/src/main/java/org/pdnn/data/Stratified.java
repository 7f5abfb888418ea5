package org.pdnn.data;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// A shuffled order in which each class comes as evenly as whole images allow.
///
/// Of the first k of N images, a class of n has more than k n / N - 1 and fewer than k n / N + 1;
/// so have the last k. Each image has a window of places that keeps its class to this (the i-th
/// floor(i N / n) to ceil((i + 1) N / n) - 1), and of the images whose window is open the one whose
/// window closes first is taken. That meets all windows: S. K. Baruah, N. K. Cohen, C. G. Plaxton,
/// D. A. Varvel, "Proportionate progress: a notion of fairness in resource allocation",
/// Algorithmica 15, 1996.
final class Stratified {
  private final RandomWords words;
  private final int[][] members;
  private final int count;

  private Stratified(int[] labels, int classes, long seed) {
    this.words = Philox.forPurpose(seed, "stratified");
    this.count = labels.length;
    this.members = members(labels, classes);
  }

  /// The indices of all images in their new order.
  static int[] order(int[] labels, int classes, long seed) {
    return new Stratified(labels, classes, seed).order();
  }

  /// The next image of a class: the places it may take, and a coin for those that close together.
  private record Turn(int label, int position, long opens, long closes, int coin) {}

  private int[] order() {
    PriorityQueue<Turn> closed = new PriorityQueue<>(Comparator.comparingLong(Turn::opens));
    PriorityQueue<Turn> open =
        new PriorityQueue<>(
            Comparator.comparingLong(Turn::closes)
                .thenComparingInt(Turn::coin)
                .thenComparingInt(Turn::label));
    for (int label = 0; label < members.length; label++) {
      shuffle(members[label], label);
      if (members[label].length > 0) {
        closed.add(turn(label, 0));
      }
    }
    int[] order = new int[count];
    for (int place = 0; place < count; place++) {
      while (!closed.isEmpty() && closed.element().opens() <= place) {
        open.add(closed.remove());
      }
      Turn next = open.remove();
      order[place] = members[next.label()][next.position()];
      if (next.position() + 1 < members[next.label()].length) {
        closed.add(turn(next.label(), next.position() + 1));
      }
    }
    return order;
  }

  private Turn turn(int label, int position) {
    int share = members[label].length;
    long opens = (long) position * count / share;
    long closes = Math.ceilDiv((position + 1L) * count, share) - 1;
    return new Turn(label, position, opens, closes, words.word(label, 1, position, 0));
  }

  /// Fisher-Yates: every order is equally likely, up to 2^-32 a place.
  private void shuffle(int[] images, int label) {
    for (int i = images.length - 1; i > 0; i--) {
      int j = (int) ((Integer.toUnsignedLong(words.word(label, 0, i, 0)) * (i + 1)) >>> 32);
      int image = images[i];
      images[i] = images[j];
      images[j] = image;
    }
  }

  private static int[][] members(int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = new int[classes][];
    for (int label = 0; label < classes; label++) {
      members[label] = new int[counts[label]];
    }
    for (int image = labels.length - 1; image >= 0; image--) {
      members[labels[image]][--counts[labels[image]]] = image;
    }
    return members;
  }
}
