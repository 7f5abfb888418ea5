package org.pdnn.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pdnn.names.Nearest;

/// Runs a circuit cycle by cycle, bit for bit as its Verilog. Registers start at their reset values
/// and memories with their contents. Not for several threads at a time.
public final class Emulator {
  private final Program program;

  /// Of every signal and of what lies between.
  private final long[] values;

  /// What the next edge brings.
  private final long[] pending;

  private final long[][] memories;
  private boolean settled;

  public Emulator(Circuit circuit) {
    this.program = Compilation.of(circuit);
    this.values = program.initial().clone();
    this.pending = new long[program.edges()];
    this.memories = Arrays.stream(program.contents()).map(long[]::clone).toArray(long[][]::new);
  }

  /// A signal that is watched or, if it is an input, set.
  ///
  /// @param path its name, after those of the instances that it is in: `generator.state`; `rst` is
  ///   an input of every circuit
  /// @throws IllegalArgumentException if there is none
  public Pin pin(String path) {
    Program.Place place = program.places().get(path);
    if (place == null) {
      throw new IllegalArgumentException(
          "there is no signal '%s'%s"
              .formatted(path, Nearest.suggestion(path, program.places().keySet())));
    }
    return new Pin(path, place);
  }

  /// Every signal once, though ports give many of them several names.
  public List<Pin> pins() {
    Map<Integer, Pin> pins = new TreeMap<>();
    program.places().forEach((path, place) -> pins.putIfAbsent(place.slot(), new Pin(path, place)));
    return List.copyOf(pins.values());
  }

  /// A clock edge, after all signals have settled.
  public void clock() {
    settle();
    boolean reset = values[Program.RESET] != 0;
    int[] registers = program.registers();
    int edge = 0;
    for (int at = 0; at < registers.length; at += Program.REGISTER) {
      pending[edge] =
          reset || values[registers[at + 1]] != 0
              ? program.resets()[edge]
              : values[registers[values[registers[at + 2]] != 0 ? at + 3 : at]];
      edge++;
    }
    int[] reads = program.reads();
    for (int at = 0; at < reads.length; at += Program.READ) {
      long[] words = memories[reads[at + 1]];
      long address = values[reads[at + 2]];
      pending[edge++] = address < words.length ? words[(int) address] : 0;
    }
    int[] writes = program.writes();
    for (int at = 0; at < writes.length; at += Program.WRITE) {
      long[] words = memories[writes[at]];
      long address = values[writes[at + 2]];
      if (!reset && values[writes[at + 1]] != 0 && address < words.length) {
        words[(int) address] = values[writes[at + 3]];
      }
    }
    edge = 0;
    for (int at = 0; at < registers.length; at += Program.REGISTER) {
      values[registers[at]] = pending[edge++];
    }
    for (int at = 0; at < reads.length; at += Program.READ) {
      values[reads[at]] = pending[edge++];
    }
    settled = false;
  }

  /// A clock edge under reset.
  public void reset() {
    values[Program.RESET] = 1;
    settled = false;
    clock();
    values[Program.RESET] = 0;
  }

  private void settle() {
    if (!settled) {
      program.settle(values);
      settled = true;
    }
  }

  /// A signal of the running circuit.
  public final class Pin {
    private final String path;
    private final Program.Place place;

    private Pin(String path, Program.Place place) {
      this.path = path;
      this.place = place;
    }

    /// Its name, after those of the instances that it is in.
    public String path() {
      return path;
    }

    public int width() {
      return place.width();
    }

    /// Its bits, without a sign, once all signals have settled.
    public long get() {
      settle();
      return values[place.slot()];
    }

    /// Its bits as a number in two's complement.
    public long signed() {
      int unused = Expression.MOST_BITS - place.width();
      return get() << unused >> unused;
    }

    /// Sets an input.
    ///
    /// @param value without a sign or in two's complement
    public void set(long value) {
      if (!place.input()) {
        throw new IllegalStateException(path + " is not an input");
      }
      long bits = value & Expression.mask(place.width());
      int unused = Expression.MOST_BITS - place.width();
      if (bits != value && bits << unused >> unused != value) {
        throw new IllegalArgumentException(
            "%s does not fit the %s bits of %s".formatted(value, place.width(), path));
      }
      values[place.slot()] = bits;
      settled = false;
    }
  }
}
