package org.pdnn.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;

/// What a circuit means, in whole numbers of any size: slow, and written apart from the emulator.
final class PlainModel {
  private final Circuit circuit;
  private final Map<String, BigInteger> values = new HashMap<>();
  private final Map<String, BigInteger[]> memories = new HashMap<>();
  private final Map<String, PlainModel> instances = new HashMap<>();

  PlainModel(Circuit circuit) {
    this.circuit = circuit;
    for (Part part : circuit.parts()) {
      switch (part) {
        case Register register -> set(register.signal(), bits(register.reset()));
        case Memory memory -> {
          memories.put(
              memory.name(),
              memory.contents().stream().map(PlainModel::bits).toArray(BigInteger[]::new));
          memory.reads().forEach(port -> set(port.data(), BigInteger.ZERO));
        }
        case Instance instance ->
            instances.put(instance.name(), new PlainModel(instance.circuit()));
        case Wire _, Note _ -> {}
      }
    }
  }

  private static BigInteger bits(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  void set(Signal signal, BigInteger value) {
    values.put(signal.name(), value);
  }

  BigInteger get(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /// Computes all wires; twice, as an instance may read what another gives.
  void settle() {
    for (int round = 0; round < 2; round++) {
      for (Part part : circuit.parts()) {
        if (part instanceof Instance instance) {
          PlainModel inner = Objects.requireNonNull(instances.get(instance.name()));
          inner.circuit.inputs().forEach(port -> inner.set(port, of(instance.input(port))));
          inner.settle();
          inner
              .circuit
              .outputs()
              .forEach(port -> set(instance.output(port), inner.get(port.name())));
        } else if (part instanceof Wire(Signal signal, Expression value)) {
          set(signal, of(value));
        }
      }
    }
  }

  /// An edge, after all wires have settled.
  void clock(boolean reset) {
    Map<String, BigInteger> next = new HashMap<>();
    List<Runnable> writes = new ArrayList<>();
    for (Part part : circuit.parts()) {
      switch (part) {
        case Register register -> {
          if (reset || up(register.clear())) {
            next.put(register.signal().name(), bits(register.reset()));
          } else if (up(register.enable())) {
            next.put(register.signal().name(), of(register.next()));
          }
        }
        case Memory memory -> {
          BigInteger[] words = Objects.requireNonNull(memories.get(memory.name()));
          for (Read port : memory.reads()) {
            int address = of(port.address()).intValueExact();
            next.put(port.data().name(), address < words.length ? words[address] : BigInteger.ZERO);
          }
          memory
              .write()
              .ifPresent(port -> {
                int address = of(port.address()).intValueExact();
                if (!reset && up(port.enable()) && address < words.length) {
                  BigInteger data = of(port.data());
                  writes.add(() -> words[address] = data);
                }
              });
        }
        case Instance instance ->
            Objects.requireNonNull(instances.get(instance.name())).clock(reset);
        case Wire _, Note _ -> {}
      }
    }
    writes.forEach(Runnable::run);
    values.putAll(next);
  }

  private boolean up(Expression bit) {
    return of(bit).signum() != 0;
  }

  private BigInteger of(Expression expression) {
    BigInteger size = BigInteger.ONE.shiftLeft(expression.width());
    BigInteger value =
        switch (expression) {
          case Signal signal -> get(signal.name());
          case Expression.Constant(long number, int _) -> bits(number);
          case Expression.Slice(Expression of, int _, int low) -> of(of).shiftRight(low);
          case Expression.Concat(List<Expression> parts) -> {
            BigInteger joined = BigInteger.ZERO;
            for (Expression part : parts) {
              joined = joined.shiftLeft(part.width()).add(of(part));
            }
            yield joined;
          }
          case Expression.Extension(Expression of, int _, boolean signed) ->
              signed ? signed(of) : of(of);
          case Expression.Not(Expression of) -> of(of).not();
          case Expression.Operation(var operator, Expression left, Expression right) ->
              switch (operator) {
                case ADD -> of(left).add(of(right));
                case SUBTRACT -> of(left).subtract(of(right));
                case AND -> of(left).and(of(right));
                case OR -> of(left).or(of(right));
                case XOR -> of(left).xor(of(right));
              };
          case Expression.Product(Expression left, Expression right, boolean signed) ->
              signed ? signed(left).multiply(signed(right)) : of(left).multiply(of(right));
          case Expression.Comparison(var relation, Expression left, Expression right) -> {
            int order =
                relation == Expression.Relation.LESS_SIGNED
                    ? signed(left).compareTo(signed(right))
                    : of(left).compareTo(of(right));
            boolean holds = relation == Expression.Relation.EQUAL ? order == 0 : order < 0;
            yield holds ? BigInteger.ONE : BigInteger.ZERO;
          }
          case Expression.Mux(Expression select, Expression chosen, Expression other) ->
              up(select) ? of(chosen) : of(other);
        };
    return value.mod(size);
  }

  private BigInteger signed(Expression expression) {
    BigInteger value = of(expression);
    return value.testBit(expression.width() - 1)
        ? value.subtract(BigInteger.ONE.shiftLeft(expression.width()))
        : value;
  }
}
