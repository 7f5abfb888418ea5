package org.pdnn.circuit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pdnn.names.Limits;
import org.pdnn.names.Printable;

/// A part of a circuit: what drives its signals.
public sealed interface Part {
  /// A bit that is never up.
  Expression NEVER = Expression.constant(0, 1);

  /// A bit that is always up.
  Expression ALWAYS = Expression.constant(1, 1);

  /// The signals that it drives.
  default List<Signal> drives() {
    return switch (this) {
      case Wire wire -> List.of(wire.signal);
      case Register register -> List.of(register.signal);
      case Memory memory -> memory.reads.stream().map(Read::data).toList();
      case Instance instance -> List.copyOf(instance.outputs.values());
      case Note _ -> List.of();
    };
  }

  /// A name for an expression.
  record Wire(Signal signal, Expression value) implements Part {
    public Wire {
      fits(signal.name(), signal.width(), value);
    }
  }

  /// Bits that a clock edge replaces: by the reset value under reset or where `clear` is up, else
  /// by `next` where `enable` is up.
  ///
  /// @param reset without a sign or in two's complement
  record Register(Signal signal, long reset, Expression clear, Expression enable, Expression next)
      implements Part {
    public Register {
      reset = new Expression.Constant(reset, signal.width()).value();
      fits("the clear of " + signal.name(), 1, clear);
      fits("the enable of " + signal.name(), 1, enable);
      fits(signal.name(), signal.width(), next);
    }

    /// A register that reset alone clears.
    public Register(Signal signal, long reset, Expression enable, Expression next) {
      this(signal, reset, NEVER, enable, next);
    }

    /// A register that every edge replaces.
    public Register(Signal signal, long reset, Expression next) {
      this(signal, reset, NEVER, ALWAYS, next);
    }
  }

  /// Words in inferred memory, read at a clock edge: the data of an address are there a cycle
  /// later. An edge that reads and writes one word reads the old one; under reset nothing is
  /// written. Beyond the last word there are zeros in the emulator and unknown bits elsewhere.
  ///
  /// @param contents what it holds at first, word by word
  /// @param write none for a ROM
  record Memory(
      String name, int width, List<Long> contents, Optional<Write> write, List<Read> reads)
      implements Part {
    public Memory {
      Identifier.checked(name);
      Limits.between("bits of " + name, 1, Expression.MOST_BITS, width);
      Limits.between("words of " + name, 2, 1 << 24, contents.size());
      int bits = width;
      contents =
          contents.stream().map(word -> new Expression.Constant(word, bits).value()).toList();
      int addressBits = addressBits(contents.size());
      write.ifPresent(port -> {
        fits("the enable of " + name, 1, port.enable);
        fits("the address of " + name, addressBits, port.address);
        fits(name, bits, port.data);
      });
      reads = List.copyOf(reads);
      for (Read port : reads) {
        fits("the address of " + name, addressBits, port.address);
        fits(name, port.data.width(), new Signal(name, width));
      }
    }

    /// Bits of an address among so many words.
    public static int addressBits(int words) {
      return Integer.SIZE - Integer.numberOfLeadingZeros(words - 1);
    }
  }

  /// What is written at an edge at which the enable is up.
  record Write(Expression enable, Expression address, Expression data) {}

  /// What is read at every edge.
  record Read(Signal data, Expression address) {}

  /// Another circuit as a part.
  ///
  /// @param inputs what is fed to each of its inputs, by name
  /// @param outputs what each of its outputs drives, by name
  record Instance(
      String name, Circuit circuit, Map<String, Expression> inputs, Map<String, Signal> outputs)
      implements Part {
    public Instance {
      Identifier.checked(name);
      inputs = Map.copyOf(inputs);
      outputs = Map.copyOf(outputs);
      connected(name, circuit.inputs(), inputs);
      connected(name, circuit.outputs(), outputs);
    }

    /// What is fed to an input.
    Expression input(Signal port) {
      return Objects.requireNonNull(inputs.get(port.name()));
    }

    /// What an output drives.
    Signal output(Signal port) {
      return Objects.requireNonNull(outputs.get(port.name()));
    }

    private static void connected(
        String name, List<Signal> ports, Map<String, ? extends Expression> connections) {
      for (Signal port : ports) {
        Expression connection = connections.get(port.name());
        if (connection == null) {
          throw new IllegalArgumentException(
              "port %s of %s is not connected".formatted(port, name));
        }
        fits("port %s of %s".formatted(port, name), port.width(), connection);
      }
      if (connections.size() != ports.size()) {
        throw new IllegalArgumentException(
            "%s has the ports %s, not %s".formatted(name, ports, connections.keySet()));
      }
    }
  }

  /// A comment for who reads the circuit, at this place among its parts.
  record Note(String text) implements Part {
    public Note {
      comment(text);
    }
  }

  /// A comment that cannot end early: one line of printable ASCII.
  static String comment(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~') || text.endsWith("\\")) {
      throw new IllegalArgumentException(
          "a comment is one line of ASCII, not " + Printable.quoted(text));
    }
    return text;
  }

  private static void fits(String what, int width, Expression given) {
    if (given.width() != width) {
      throw new IllegalArgumentException(
          "%s has %s bits and is given %s".formatted(what, width, given.width()));
    }
  }
}
