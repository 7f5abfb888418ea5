package org.pdnn.circuit.accelerator;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// How a layer's kernel goes over the image that it reads, as nested loops, the innermost first:
/// the terms under the kernel, and its places, pool by pool, so that a pool's members follow each
/// other. A dense layer is a kernel of one pixel in an image of one pixel: it has one place. In a
/// masked layer each unit knows where under the kernel its terms lie, and the scan stands still.
///
/// @param terms of a place: over channels, across and down the kernel
/// @param places across and down a pool, then over columns and rows of pools
/// @param origin of the first place's first term, outside the image where it is padded
/// @param rows of the image that is read
/// @param columns of the image that is read
/// @param channels of the image that is read
public record Scan(
    List<Loop> terms, List<Loop> places, Move origin, int rows, int columns, int channels) {
  /// Loops over the members of a pool.
  static final int MEMBERS = 2;

  /// What reads nothing: one place without terms.
  static final Scan NONE =
      new Scan(List.of(new Loop(0, Move.NONE), Loop.ONCE, Loop.ONCE), once(), Move.NONE, 1, 1, 0);

  public Scan {
    terms = List.copyOf(terms);
    places = List.copyOf(places);
  }

  /// From a term to another.
  ///
  /// @param address in the image, the channel fastest
  public record Move(int address, int row, int column) {
    static final Move NONE = new Move(0, 0, 0);

    Move plus(Move other) {
      return new Move(address + other.address, row + other.row, column + other.column);
    }

    Move times(int factor) {
      return new Move(address * factor, row * factor, column * factor);
    }
  }

  /// A loop.
  ///
  /// @param count of turns
  /// @param move from a turn to the next
  public record Loop(int count, Move move) {
    static final Loop ONCE = new Loop(1, Move.NONE);
  }

  private static List<Loop> once() {
    return List.of(Loop.ONCE, Loop.ONCE, Loop.ONCE, Loop.ONCE);
  }

  /// @param pool over what is written, without padding
  static Scan of(Geometry read, Optional<Window> pool) {
    Window kernel = read.window();
    Window pooling = pool.orElse(Window.of(1, 1));
    Shape pools =
        pooling.output(
            Shape.of(read.outputs(), read.outputRows(), read.outputColumns()),
            read.outputs(),
            "a pool");
    Move right = new Move(read.channels(), 0, 1);
    Move down = new Move(read.channels() * read.columns(), 1, 0);
    return new Scan(
        List.of(
            new Loop(read.channels(), new Move(1, 0, 0)),
            new Loop(kernel.columns().kernel(), right.times(kernel.columns().dilation())),
            new Loop(kernel.rows().kernel(), down.times(kernel.rows().dilation()))),
        List.of(
            new Loop(
                pooling.columns().kernel(),
                right.times(kernel.columns().stride() * pooling.columns().dilation())),
            new Loop(
                pooling.rows().kernel(),
                down.times(kernel.rows().stride() * pooling.rows().dilation())),
            new Loop(
                pools.dimension(2),
                right.times(kernel.columns().stride() * pooling.columns().stride())),
            new Loop(
                pools.dimension(1), down.times(kernel.rows().stride() * pooling.rows().stride()))),
        right.times(-kernel.columns().before()).plus(down.times(-kernel.rows().before())),
        read.rows(),
        read.columns(),
        read.channels());
  }

  /// The same places with so many terms each, which all lie where the kernel begins and somewhere
  /// further.
  Scan masked(int count) {
    List<Loop> still = List.of(new Loop(count, Move.NONE), Loop.ONCE, Loop.ONCE);
    return new Scan(still, places, origin, rows, columns, channels);
  }

  /// Terms of a place.
  int termCount() {
    return turns(terms);
  }

  int placeCount() {
    return turns(places);
  }

  /// Places of which a pool is made.
  int members() {
    return turns(places.subList(0, MEMBERS));
  }

  /// Places in the image that is written.
  int pixels() {
    return turns(places.subList(MEMBERS, places.size()));
  }

  private static int turns(List<Loop> loops) {
    return loops.stream().mapToInt(Loop::count).reduce(1, Math::multiplyExact);
  }

  /// Whether a term may lie outside the image.
  boolean padded() {
    Move last = last();
    return origin.row < 0 || origin.column < 0 || last.row >= rows || last.column >= columns;
  }

  /// Where the last place's last term lies.
  Move last() {
    return origin.plus(back(terms).times(-1)).plus(back(places).times(-1));
  }

  /// Values of the image that is read.
  int units() {
    return rows * columns * channels;
  }

  /// The move when a loop takes its next turn, and those in it begin anew.
  static Move turn(List<Loop> loops, int loop) {
    return loops.get(loop).move.plus(back(loops.subList(0, loop)));
  }

  /// From the last turn of all loops to the first.
  static Move back(List<Loop> loops) {
    return loops.stream()
        .map(loop -> loop.move.times(1 - loop.count))
        .reduce(Move.NONE, Move::plus);
  }
}
