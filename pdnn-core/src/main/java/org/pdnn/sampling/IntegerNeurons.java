package org.pdnn.sampling;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.integer.Affine;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.IntegerNetwork.Node;
import org.pdnn.integer.LevelTable;
import org.pdnn.integer.Values;
import org.pdnn.network.Place;
import org.pdnn.network.Window;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.IntegerProgram.Turn;
import org.pdnn.sampling.pbits.PBits;
import org.pdnn.sampling.pbits.Words;

/// Neurons of a network in integers, for one thread: sums become pre-activations, thresholds and
/// codes, row by row, in memory that stays in the first cache.
final class IntegerNeurons {
  /// p-bits whose words are kept at a time, six bytes each.
  private static final long MOST_WORDS = 10 << 20;

  /// A pixel as a pool of its own.
  private static final long[] PIXEL = {0};

  /// Thresholds that stay in the first cache.
  private static final int CACHED = 1 << 13;

  private final IntegerProgram program;
  private final IntegerNetwork network;
  private final PBits pbits;
  private final Run run;
  private final IntegerMemory memory;
  private final int mostUnits;
  private final MemorySegment shorts;
  private final MemorySegment pooled;

  /// By node of p-bits whose pre-activations all passes share: thresholds by slot.
  private final @Nullable MemorySegment[] thresholds;

  /// By node of p-bits, kept as far as memory goes: inputs whose passes come in pieces draw no
  /// words twice.
  private final @Nullable Words[] words;

  /// By node: the units of a channel under the first kernel of its pool.
  private final long[][] members;

  private final int wordsKept;
  private @Nullable RandomWords source;

  IntegerNeurons(IntegerProgram program, PBits pbits, Run run, IntegerMemory memory) {
    this.program = program;
    this.network = program.network;
    this.pbits = pbits;
    this.run = run;
    this.memory = memory;
    int nodes = network.nodes().size();
    this.thresholds = new MemorySegment[nodes];
    this.words = new Words[nodes];
    this.members = new long[nodes][];
    long most = network.values(Place.INPUT).units();
    long drawn = 1;
    for (int i = 0; i < nodes; i++) {
      Node node = network.nodes().get(i);
      most = Math.max(most, node.values().units());
      members[i] = members(node);
      drawn += node.layer() instanceof IntegerLayer.PBits ? node.values().units() : 0;
      if (node.layer() instanceof IntegerLayer.PBits && program.preparedOnce(i)) {
        long units = (long) memory.inputs() * node.values().units();
        thresholds[i] = memory.bytes(units * Short.BYTES);
      }
    }
    this.wordsKept = Math.clamp(MOST_WORDS / drawn, 1, memory.inputs());
    this.mostUnits = Math.toIntExact(most);
    this.shorts = memory.bytes(most * Short.BYTES);
    this.pooled = memory.bytes(most * Short.BYTES);
  }

  /// The units of a channel under the first kernel of a node's pool; none without one.
  private long[] members(Node node) {
    return switch (node.layer()) {
      case IntegerLayer.PBits(int _, var _, Optional<Window> pool) when pool.isPresent() ->
          members(pool.get(), network.values(node.reads().getFirst()));
      case IntegerLayer.Greatest(Window window) ->
          members(window, network.values(node.reads().getFirst()));
      default -> new long[0];
    };
  }

  private static long[] members(Window window, Values in) {
    long[] members = new long[Math.toIntExact(window.size())];
    int columns = window.columns().kernel();
    for (int i = 0; i < members.length; i++) {
      members[i] = (long) (i / columns * in.columns() + i % columns) * in.channels();
    }
    return members;
  }

  /// Turns to a source of words.
  void turnTo(RandomWords randomness) {
    if (source != randomness) {
      source = randomness;
      Arrays.fill(words, null);
    }
  }

  /// An input that begins draws its words, even if it was the last one in its slot: what it costs
  /// does not depend on that.
  void begin(int[] slots) {
    for (Words drawn : words) {
      for (int i = 0; drawn != null && i < slots.length; i++) {
        drawn.forget(slots[i] % wordsKept);
      }
    }
  }

  /// The words of p-bits, turned to the input of a row.
  private Words words(int i, int address, Rows rows, int row) {
    Words found = words[i];
    if (found == null) {
      RandomWords from = Objects.requireNonNull(source);
      int units = network.values(i).units();
      found = pbits.words(from, run.scheme(), run.samples(), address, units, wordsKept);
      words[i] = found;
    }
    found.turnTo(rows.slot(row) % wordsKept, rows.address(row));
    return found;
  }

  /// Keeps the thresholds of p-bits that all passes share.
  ///
  /// @param sums of the rows, if the p-bits take them in
  void prepare(int i, IntegerLayer.PBits bits, Rows rows, MemorySegment sums) {
    long size = (long) Short.BYTES * network.values(i).units();
    for (int row = 0; row < rows.count(); row++) {
      MemorySegment found = thresholds(i, bits, rows, row, 1, sums);
      MemorySegment.copy(
          found, 0, Objects.requireNonNull(thresholds[i]), rows.slot(row) * size, size);
    }
  }

  /// Draws the bits of some rows, or hands on their expectations.
  ///
  /// @param expected whether nothing is drawn
  void fire(int i, IntegerLayer.PBits bits, Rows rows, MemorySegment sums, boolean expected) {
    int together = together(bits, network.nodes().get(i).reads().getFirst());
    for (int first = 0; first < rows.count(); first += together) {
      int count = Math.min(together, rows.count() - first);
      boolean once = program.preparedOnce(i);
      MemorySegment from =
          once
              ? Objects.requireNonNull(thresholds[i])
              : thresholds(i, bits, rows, first, count, sums);
      for (int row = first; row < first + count; row++) {
        long at = memory.own(i).at(once ? rows.slot(row) : row - first);
        if (expected) {
          expect(from, at, memory.own(i), row);
        } else {
          fire(from, at, i, bits, rows, row);
        }
      }
    }
  }

  /// Rows whose thresholds are made at once: vectors side by side are pixels of one image.
  private int together(IntegerLayer.PBits bits, int from) {
    return bits.pool().isEmpty()
            && program.inner(from)
            && network.nodes().get(from).layer()
                instanceof IntegerLayer.Linear(var _, Affine affine)
            && !affine.byPixel()
        ? Math.max(1, Math.min(mostUnits, CACHED) / network.values(from).units())
        : 1;
  }

  private void fire(
      MemorySegment from, long at, int i, IntegerLayer.PBits bits, Rows rows, int row) {
    Cells to = memory.own(i);
    Words own = words(i, bits.address(), rows, row);
    pbits.fire(from, at, own, rows.pass(row), to.units, to.memory, to.at(row));
  }

  private static void expect(MemorySegment from, long at, Cells to, int row) {
    for (int unit = 0; unit < to.units; unit++) {
      int threshold = Short.toUnsignedInt(from.getAtIndex(JAVA_SHORT, at + unit));
      to.memory.setAtIndex(JAVA_INT, to.at(row) + unit, threshold);
    }
  }

  /// The codes of deterministic neurons.
  void levels(int i, LevelTable table, Rows rows, MemorySegment sums) {
    Cells to = memory.own(i);
    int from = network.nodes().get(i).reads().getFirst();
    for (int row = 0; row < rows.count(); row++) {
      preActivations(from, rows, row, 1, sums);
      long at = to.at(row);
      for (int unit = 0; unit < to.units; unit++) {
        to.memory.set(JAVA_BYTE, at + unit, (byte) table.code(shorts.getAtIndex(JAVA_SHORT, unit)));
      }
    }
  }

  /// The thresholds of p-bits in consecutive rows.
  private MemorySegment thresholds(
      int i, IntegerLayer.PBits bits, Rows rows, int row, int count, MemorySegment sums) {
    int from = network.nodes().get(i).reads().getFirst();
    preActivations(from, rows, row, count, sums);
    Values in = network.values(from);
    pbits.thresholds(bits.curve(), shorts, 0, count * in.units());
    if (bits.pool().isEmpty()) {
      return shorts;
    }
    Window window = bits.pool().get();
    Values out = network.values(i);
    for (int y = 0; y < out.rows(); y++) {
      pbits.any(
          shorts,
          (long) y * window.rows().kernel() * in.columns() * in.channels(),
          members[i],
          out.columns(),
          (long) window.columns().kernel() * in.channels(),
          in.channels(),
          pooled,
          (long) y * out.columns() * out.channels());
    }
    return pooled;
  }

  /// Pre-activations of rows, clamped to 16 bits.
  ///
  /// @param count 1, or as many as [#together]
  private void preActivations(int from, Rows rows, int row, int count, MemorySegment sums) {
    Node node = from == Place.INPUT ? null : network.nodes().get(from);
    Values values = network.values(from);
    if (node == null || !program.inner(from)) {
      clamp(from, rows, row, values.units());
    } else if (node.layer() instanceof IntegerLayer.Linear(var _, Affine affine)) {
      long at = (long) row * values.units();
      int pixels = count * values.pixels();
      pbits.greatest(affine, 0, sums, at, PIXEL, pixels, values.channels(), shorts, 0);
    } else if (node.layer() instanceof IntegerLayer.Greatest(Window window)) {
      greatest(from, window, row, sums);
    }
  }

  private void clamp(int from, Rows rows, int row, int units) {
    Cells cells = memory.read(from, rows.turn());
    boolean shared = program.turn(from) == Turn.SHARED && rows.turn() != Turn.SHARED;
    long at = cells.at(shared ? rows.slot(row) : row);
    for (int unit = 0; unit < units; unit++) {
      int value = Math.clamp(cells.get(at + unit), Short.MIN_VALUE, Short.MAX_VALUE);
      shorts.setAtIndex(JAVA_SHORT, unit, (short) value);
    }
  }

  private void greatest(int i, Window window, int row, MemorySegment sums) {
    int linear = network.nodes().get(i).reads().getFirst();
    if (!(network.nodes().get(linear).layer()
        instanceof IntegerLayer.Linear(var _, Affine affine))) {
      throw new IllegalStateException("no sums under a pool");
    }
    Values in = network.values(linear);
    Values out = network.values(i);
    for (int y = 0; y < out.rows(); y++) {
      int pixel = y * window.rows().kernel() * in.columns();
      pbits.greatest(
          affine,
          pixel,
          sums,
          (long) row * in.units() + (long) pixel * in.channels(),
          members[i],
          out.columns(),
          (long) window.columns().kernel() * in.channels(),
          shorts,
          (long) y * out.columns() * out.channels());
    }
  }
}
