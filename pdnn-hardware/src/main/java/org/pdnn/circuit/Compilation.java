package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.circuit.Expression.Comparison;
import org.pdnn.circuit.Expression.Concat;
import org.pdnn.circuit.Expression.Constant;
import org.pdnn.circuit.Expression.Extension;
import org.pdnn.circuit.Expression.Mux;
import org.pdnn.circuit.Expression.Not;
import org.pdnn.circuit.Expression.Operation;
import org.pdnn.circuit.Expression.Product;
import org.pdnn.circuit.Expression.Slice;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Note;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;

/// Turns a circuit and the instances in it into a [Program]. Equal operations are done once.
final class Compilation {
  private final List<Long> initial = new ArrayList<>();
  private final List<int[]> operations = new ArrayList<>();
  private final List<Long> masks = new ArrayList<>();
  private final List<int[]> registers = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private final List<int[]> reads = new ArrayList<>();
  private final List<int[]> writes = new ArrayList<>();
  private final List<long[]> contents = new ArrayList<>();
  private final Map<String, Program.Place> places = new LinkedHashMap<>();
  private final Map<List<Long>, Integer> done = new HashMap<>();
  private final Map<Long, Integer> constants = new HashMap<>();

  /// Edges are compiled when all signals have places.
  private final List<Runnable> edges = new ArrayList<>();

  private Compilation() {}

  static Program of(Circuit circuit) {
    Compilation compilation = new Compilation();
    int reset = compilation.slot(0);
    compilation.places.put(Identifier.RESET, new Program.Place(reset, 1, true));
    Scope scope = compilation.new Scope("", circuit);
    for (Signal input : circuit.inputs()) {
      int slot = compilation.slot(0);
      scope.sources.put(input, () -> slot);
      compilation.places.put(input.name(), new Program.Place(slot, input.width(), true));
    }
    scope.connect();
    scope.place();
    return compilation.program();
  }

  private Program program() {
    edges.forEach(Runnable::run);
    return new Program(
        longs(initial),
        flat(operations),
        longs(masks),
        flat(registers),
        longs(resets),
        flat(reads),
        flat(writes),
        contents.toArray(long[][]::new),
        places);
  }

  private static long[] longs(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }

  private static int[] flat(List<int[]> rows) {
    return rows.stream().flatMapToInt(Arrays::stream).toArray();
  }

  private int slot(long value) {
    initial.add(value);
    return initial.size() - 1;
  }

  private int constant(long value) {
    return constants.computeIfAbsent(value, this::slot);
  }

  private int operation(int operator, long mask, int a, int b, int c) {
    List<Long> key = List.of((long) operator, mask, (long) a, (long) b, (long) c);
    Integer found = done.get(key);
    if (found != null) {
      return found;
    }
    int target = slot(0);
    operations.add(new int[] {operator, target, a, b, c});
    masks.add(mask);
    done.put(key, target);
    return target;
  }

  /// Where a signal comes from; asked when it is needed, so that operations stand in order.
  @FunctionalInterface
  private interface Source {
    int slot();
  }

  /// A circuit in its place, and where its signals come from.
  private final class Scope {
    private final String path;
    private final Circuit circuit;
    private final List<Scope> inner = new ArrayList<>();
    private final Map<Signal, Source> sources = new HashMap<>();
    private final Map<Signal, Integer> slots = new HashMap<>();

    Scope(String path, Circuit circuit) {
      this.path = path;
      this.circuit = circuit;
    }

    /// Learns where signals come from.
    void connect() {
      for (Part part : circuit.parts()) {
        switch (part) {
          case Wire(Signal signal, Expression value) -> sources.put(signal, () -> compiled(value));
          case Register register -> register(register);
          case Memory memory -> memory(memory);
          case Instance instance -> instance(instance);
          case Note _ -> {}
        }
      }
    }

    /// Gives every signal its place.
    void place() {
      sources.keySet().stream()
          .sorted(Comparator.comparing(Signal::name))
          .forEach(signal ->
              places.putIfAbsent(
                  path + signal.name(), new Program.Place(of(signal), signal.width(), false)));
      inner.forEach(Scope::place);
    }

    private void register(Register register) {
      int target = slot(register.reset());
      sources.put(register.signal(), () -> target);
      resets.add(register.reset());
      edges.add(() ->
          registers.add(
              new int[] {
                target,
                compiled(register.clear()),
                compiled(register.enable()),
                compiled(register.next())
              }));
    }

    private void memory(Memory memory) {
      int index = contents.size();
      contents.add(longs(memory.contents()));
      for (Read port : memory.reads()) {
        int target = slot(0);
        sources.put(port.data(), () -> target);
        edges.add(() -> reads.add(new int[] {target, index, compiled(port.address())}));
      }
      memory
          .write()
          .ifPresent(port ->
              edges.add(() ->
                  writes.add(
                      new int[] {
                        index,
                        compiled(port.enable()),
                        compiled(port.address()),
                        compiled(port.data())
                      })));
    }

    private void instance(Instance instance) {
      Scope scope = new Scope(path + instance.name() + ".", instance.circuit());
      for (Signal input : instance.circuit().inputs()) {
        Expression fed = instance.input(input);
        scope.sources.put(input, () -> compiled(fed));
      }
      for (Signal output : instance.circuit().outputs()) {
        sources.put(instance.output(output), () -> scope.of(output));
      }
      scope.connect();
      inner.add(scope);
    }

    private int of(Signal signal) {
      Integer known = slots.get(signal);
      if (known != null) {
        return known;
      }
      Source source = sources.get(signal);
      if (source == null) {
        throw new IllegalStateException("nothing drives " + path + signal);
      }
      int slot = source.slot();
      slots.put(signal, slot);
      return slot;
    }

    private int compiled(Expression expression) {
      long mask = Expression.mask(expression.width());
      return switch (expression) {
        case Signal signal -> of(signal);
        case Constant(long value, int _) -> constant(value);
        case Slice(Expression of, int _, int low) ->
            operation(Program.SLICE, mask, compiled(of), low, 0);
        case Concat(List<Expression> parts) -> joined(parts);
        case Extension(Expression of, int _, boolean signed) ->
            signed ? signExtended(of, mask) : compiled(of);
        case Not(Expression of) -> operation(Program.NOT, mask, compiled(of), 0, 0);
        case Operation(var operator, Expression left, Expression right) -> {
          int code =
              switch (operator) {
                case ADD -> Program.ADD;
                case SUBTRACT -> Program.SUBTRACT;
                case AND -> Program.AND;
                case OR -> Program.OR;
                case XOR -> Program.XOR;
              };
          yield operation(code, mask, compiled(left), compiled(right), 0);
        }
        case Product(Expression left, Expression right, boolean signed) ->
            signed
                ? operation(
                    Program.MULTIPLY, mask, signExtended(left, -1), signExtended(right, -1), 0)
                : operation(Program.MULTIPLY, mask, compiled(left), compiled(right), 0);
        case Comparison(var relation, Expression left, Expression right) ->
            switch (relation) {
              case EQUAL -> operation(Program.EQUAL, 1, compiled(left), compiled(right), 0);
              case LESS -> operation(Program.LESS, 1, compiled(left), compiled(right), 0);
              case LESS_SIGNED ->
                  operation(
                      Program.LESS_SIGNED,
                      Expression.MOST_BITS - left.width(),
                      compiled(left),
                      compiled(right),
                      0);
            };
        case Mux(Expression select, Expression up, Expression down) ->
            operation(Program.MUX, mask, compiled(select), compiled(up), compiled(down));
      };
    }

    private int signExtended(Expression of, long mask) {
      return operation(
          Program.SIGN_EXTEND, mask, compiled(of), Expression.MOST_BITS - of.width(), 0);
    }

    private int joined(List<Expression> parts) {
      int slot = compiled(parts.getFirst());
      for (Expression part : parts.subList(1, parts.size())) {
        slot = operation(Program.JOIN, -1, slot, compiled(part), part.width());
      }
      return slot;
    }
  }
}
