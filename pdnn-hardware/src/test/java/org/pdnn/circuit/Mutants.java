package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pdnn.circuit.Expression.Comparison;
import org.pdnn.circuit.Expression.Concat;
import org.pdnn.circuit.Expression.Constant;
import org.pdnn.circuit.Expression.Extension;
import org.pdnn.circuit.Expression.Mux;
import org.pdnn.circuit.Expression.Not;
import org.pdnn.circuit.Expression.Operation;
import org.pdnn.circuit.Expression.Operator;
import org.pdnn.circuit.Expression.Product;
import org.pdnn.circuit.Expression.Relation;
import org.pdnn.circuit.Expression.Slice;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;
import org.pdnn.circuit.Part.Write;

/// A circuit broken in one place: all the ways in which an operator, a constant, a width or a reset
/// can be wrong and still fit.
public final class Mutants {
  private final SequencedMap<String, Circuit> found = new LinkedHashMap<>();

  private final Predicate<String> wanted;

  private Mutants(Predicate<String> wanted) {
    this.wanted = wanted;
  }

  /// Broken copies by what is broken in them: `accumulator.total: SUBTRACT for ADD`.
  public static SequencedMap<String, Circuit> of(Circuit circuit) {
    return of(circuit, _ -> true);
  }

  /// Those of some names.
  public static SequencedMap<String, Circuit> of(Circuit circuit, Predicate<String> wanted) {
    Mutants mutants = new Mutants(wanted);
    mutants.circuit("", circuit, UnaryOperator.identity());
    return mutants.found;
  }

  private void circuit(String path, Circuit circuit, UnaryOperator<Circuit> whole) {
    for (int i = 0; i < circuit.parts().size(); i++) {
      int place = i;
      UnaryOperator<Circuit> outside = whole;
      PartIn put =
          part -> {
            List<Part> parts = new ArrayList<>(circuit.parts());
            parts.set(place, part);
            return outside.apply(
                new Circuit(
                    circuit.name(), circuit.comment(), circuit.inputs(), parts, circuit.outputs()));
          };
      part(path, circuit.parts().get(i), put);
    }
  }

  @FunctionalInterface
  private interface PartIn {
    Circuit circuit(Part part);
  }

  private void part(String path, Part part, PartIn put) {
    switch (part) {
      case Wire(Signal signal, Expression value) ->
          expression(
              value, (what, broken) -> add(path + signal, what, put, new Wire(signal, broken)));
      case Register(
              Signal signal,
              long reset,
              Expression clear,
              Expression enable,
              Expression next) -> {
        String name = path + signal;
        add(name, "another reset value", put, new Register(signal, reset ^ 1, clear, enable, next));
        if (!clear.equals(Part.NEVER)) {
          add(name, "never cleared", put, new Register(signal, reset, Part.NEVER, enable, next));
        }
        if (!enable.equals(Part.ALWAYS)) {
          add(name, "always enabled", put, new Register(signal, reset, clear, Part.ALWAYS, next));
        }
        expression(
            clear,
            (what, broken) ->
                add(name, what, put, new Register(signal, reset, broken, enable, next)));
        expression(
            enable,
            (what, broken) ->
                add(name, what, put, new Register(signal, reset, clear, broken, next)));
        expression(
            next,
            (what, broken) ->
                add(name, what, put, new Register(signal, reset, clear, enable, broken)));
      }
      case Memory memory -> memory(path, memory, put);
      case Instance(
              String name,
              Circuit inner,
              Map<String, Expression> inputs,
              Map<String, Signal> outputs) -> {
        inputs.forEach((port, fed) ->
            expression(
                fed,
                (what, broken) -> {
                  Map<String, Expression> changed = new HashMap<>(inputs);
                  changed.put(port, broken);
                  add(
                      path + name + "." + port,
                      what,
                      put,
                      new Instance(name, inner, changed, outputs));
                }));
        circuit(
            path + name + ".",
            inner,
            broken -> put.circuit(new Instance(name, broken, inputs, outputs)));
      }
      case Part.Note _ -> {}
    }
  }

  private void memory(String path, Memory memory, PartIn put) {
    List<Long> contents = new ArrayList<>(memory.contents());
    contents.set(0, contents.getFirst() ^ 1L << (memory.width() / 2));
    add(
        path + memory.name(),
        "another first word",
        put,
        new Memory(memory.name(), memory.width(), contents, memory.write(), memory.reads()));
    for (int i = 0; i < memory.reads().size(); i++) {
      int place = i;
      Read read = memory.reads().get(i);
      expression(
          read.address(),
          (what, broken) -> {
            List<Read> reads = new ArrayList<>(memory.reads());
            reads.set(place, new Read(read.data(), broken));
            add(
                path + read.data(),
                what,
                put,
                new Memory(
                    memory.name(), memory.width(), memory.contents(), memory.write(), reads));
          });
    }
    memory.write().ifPresent(write -> write(path + memory.name(), memory, write, put));
  }

  private void write(String name, Memory memory, Write write, PartIn put) {
    Function<Write, Part> with =
        broken ->
            new Memory(
                memory.name(),
                memory.width(),
                memory.contents(),
                Optional.of(broken),
                memory.reads());
    expression(
        write.enable(),
        (what, broken) ->
            add(
                name + " enabled",
                what,
                put,
                with.apply(new Write(broken, write.address(), write.data()))));
    expression(
        write.address(),
        (what, broken) ->
            add(
                name + " written at",
                what,
                put,
                with.apply(new Write(write.enable(), broken, write.data()))));
    expression(
        write.data(),
        (what, broken) ->
            add(
                name + " written",
                what,
                put,
                with.apply(new Write(write.enable(), write.address(), broken))));
  }

  private void add(String name, String what, PartIn put, Part broken) {
    String key = name + ": " + what;
    for (int again = 2; found.containsKey(key); again++) {
      key = name + ": " + what + " (" + again + ")";
    }
    if (wanted.test(key)) {
      found.put(key, put.circuit(broken));
    }
  }

  @FunctionalInterface
  private interface Sink {
    void accept(String what, Expression broken);
  }

  /// Breaks an expression at its root, then its operands.
  private static void expression(Expression expression, Sink sink) {
    switch (expression) {
      case Signal signal -> {
        if (signal.width() > 2) {
          sink.accept(
              "a bit less of " + signal,
              signal.bits(signal.width() - 2, 0).signExtended(signal.width()));
        }
      }
      case Constant(long value, int width) -> {
        sink.accept("another last bit", Expression.constant(value ^ 1, width));
        if (width > 1) {
          sink.accept("another first bit", Expression.constant(value ^ 1L << (width - 1), width));
        }
      }
      case Slice(Expression of, int high, int low) -> {
        if (low > 0) {
          sink.accept("bits one lower", new Slice(of, high - 1, low - 1));
        }
        if (high < of.width() - 1) {
          sink.accept("bits one higher", new Slice(of, high + 1, low + 1));
        }
        // A narrower signal is the same where the uppermost bits are not read.
        if (!(of instanceof Signal) || high == of.width() - 1) {
          expression(of, (what, broken) -> sink.accept(what, new Slice(broken, high, low)));
        }
      }
      case Concat(List<Expression> parts) -> {
        for (int i = 0; i < parts.size(); i++) {
          int place = i;
          expression(
              parts.get(i),
              (what, broken) -> {
                List<Expression> changed = new ArrayList<>(parts);
                changed.set(place, broken);
                sink.accept(what, new Concat(changed));
              });
        }
      }
      case Extension(Expression of, int width, boolean signed) -> {
        if (width > of.width()) {
          sink.accept(
              signed ? "zeros for signs" : "signs for zeros", new Extension(of, width, !signed));
        }
        expression(of, (what, broken) -> sink.accept(what, new Extension(broken, width, signed)));
      }
      case Not(Expression of) -> {
        sink.accept("not inverted", of);
        expression(of, (what, broken) -> sink.accept(what, new Not(broken)));
      }
      case Operation(Operator operator, Expression left, Expression right) -> {
        Operator other =
            switch (operator) {
              case ADD -> Operator.SUBTRACT;
              case SUBTRACT -> Operator.ADD;
              case AND -> Operator.OR;
              case OR -> Operator.AND;
              case XOR -> Operator.OR;
            };
        sink.accept(other + " for " + operator, new Operation(other, left, right));
        expression(
            left, (what, broken) -> sink.accept(what, new Operation(operator, broken, right)));
        expression(
            right, (what, broken) -> sink.accept(what, new Operation(operator, left, broken)));
      }
      case Product(Expression left, Expression right, boolean signed) -> {
        sink.accept(signed ? "without signs" : "with signs", new Product(left, right, !signed));
        expression(left, (what, broken) -> sink.accept(what, new Product(broken, right, signed)));
        expression(right, (what, broken) -> sink.accept(what, new Product(left, broken, signed)));
      }
      case Comparison(Relation relation, Expression left, Expression right) -> {
        for (Relation other : Relation.values()) {
          if (other != relation) {
            sink.accept(other + " for " + relation, new Comparison(other, left, right));
          }
        }
        if (relation != Relation.EQUAL) {
          sink.accept("at most for less", new Not(new Comparison(relation, right, left)));
          sink.accept("greater for less", new Comparison(relation, right, left));
        }
        expression(
            left, (what, broken) -> sink.accept(what, new Comparison(relation, broken, right)));
        expression(
            right, (what, broken) -> sink.accept(what, new Comparison(relation, left, broken)));
      }
      case Mux(Expression select, Expression up, Expression down) -> {
        sink.accept("choices exchanged", new Mux(select, down, up));
        expression(select, (what, broken) -> sink.accept(what, new Mux(broken, up, down)));
        expression(up, (what, broken) -> sink.accept(what, new Mux(select, broken, down)));
        expression(down, (what, broken) -> sink.accept(what, new Mux(select, up, broken)));
      }
    }
  }
}
