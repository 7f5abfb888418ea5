package org.pdnn.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
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

/// Expressions as Verilog, in which all operands of an operator have its width, so that no context
/// can widen a sum or change a sign.
///
/// What Verilog cannot select bits of, and sums and products within an expression, get a wire of
/// their own width.
final class VerilogExpressions {
  private final BiConsumer<Signal, String> declare;
  private final Set<String> names = new HashSet<>();

  /// The bits that have been read, by signal.
  private final Map<Signal, Long> read = new LinkedHashMap<>();

  /// The wires of expressions that were given one.
  private final Map<Expression, Signal> made = new HashMap<>();

  /// The signal whose name the wires of an expression begin with.
  private String base = "";

  VerilogExpressions(Circuit circuit, BiConsumer<Signal, String> declare) {
    this.declare = declare;
    circuit.inputs().forEach(this::add);
    for (Part part : circuit.parts()) {
      part.drives().forEach(this::add);
      switch (part) {
        case Part.Memory memory -> names.add(memory.name());
        case Part.Instance instance -> names.add(instance.name());
        case Part.Wire _, Part.Register _, Part.Note _ -> {}
      }
    }
  }

  private void add(Signal signal) {
    names.add(signal.name());
    read.put(signal, 0L);
  }

  /// An expression by itself, which drives a signal or a port of what the name says.
  String top(Signal target, Expression expression) {
    base = target.name();
    return switch (expression) {
      case Operation(Operator operator, Expression left, Expression right) ->
          chained(operator, left) + " " + operator.sign + " " + text(right);
      case Product(Expression left, Expression right, boolean signed) ->
          factor(left, expression.width(), signed)
              + " * "
              + factor(right, expression.width(), signed);
      case Comparison(Relation relation, Expression left, Expression right) ->
          relation == Relation.LESS_SIGNED
              ? "$signed(%s) %s $signed(%s)".formatted(text(left), relation.sign, text(right))
              : text(left) + " " + relation.sign + " " + text(right);
      case Mux(Expression select, Expression up, Expression down) ->
          text(select) + " ? " + text(up) + " : " + text(down);
      case Signal _, Constant _, Slice _, Concat _, Extension _, Not _ -> text(expression);
    };
  }

  /// The left operand, without brackets where it is of the same bitwise operator.
  private String chained(Operator operator, Expression left) {
    boolean bitwise = operator != Operator.ADD && operator != Operator.SUBTRACT;
    return bitwise && left instanceof Operation(Operator before, _, _) && before == operator
        ? top(new Signal(base, 1), left)
        : text(left);
  }

  /// An operand of an expression that drives a signal.
  String text(Signal target, Expression expression) {
    base = target.name();
    return text(expression);
  }

  /// An expression within another.
  String text(Expression expression) {
    return switch (expression) {
      case Signal signal -> selected(signal, signal.width() - 1, 0);
      case Constant(long value, int width) -> number(value, width);
      case Slice(Expression of, int high, int low) -> selected(named(of), high, low);
      case Concat(List<Expression> parts) ->
          parts.stream().map(this::text).collect(Collectors.joining(", ", "{", "}"));
      case Extension(Expression of, int width, boolean signed) -> {
        int more = width - of.width();
        if (more == 0) {
          yield text(of);
        }
        if (!signed) {
          yield "{%s, %s}".formatted(number(0, more), text(of));
        }
        Signal number = named(of);
        yield "{{%s{%s}}, %s}".formatted(more, text(number.sign()), text(number));
      }
      // Not every tool reads two signs in a row.
      case Not(Not(Expression of)) -> text(of);
      case Not(Expression of) -> "~" + text(of);
      case Operation(Operator operator, Expression _, Expression _)
          when operator == Operator.ADD || operator == Operator.SUBTRACT ->
          text(named(expression));
      case Product _ -> text(named(expression));
      case Operation _, Comparison _, Mux _ -> "(" + top(new Signal(base, 1), expression) + ")";
    };
  }

  private String factor(Expression of, int width, boolean signed) {
    String text = text(new Extension(of, width, signed));
    return signed ? "$signed(" + text + ")" : text;
  }

  private String selected(Signal signal, int high, int low) {
    long bits = Expression.mask(high - low + 1) << low;
    read.merge(signal, bits, (before, more) -> before | more);
    return range(signal, high, low);
  }

  private static String range(Signal signal, int high, int low) {
    if (high - low + 1 == signal.width()) {
      return signal.name();
    }
    return high == low
        ? "%s[%s]".formatted(signal, high)
        : "%s[%s:%s]".formatted(signal, high, low);
  }

  /// The signal that an expression is, or a wire for it.
  private Signal named(Expression expression) {
    if (expression instanceof Signal signal) {
      return signal;
    }
    Signal before = made.get(expression);
    if (before != null) {
      return before;
    }
    String stem = base;
    String value = top(new Signal(stem, 1), expression);
    int number = 1;
    while (!names.add(stem + "_" + number)) {
      number++;
    }
    Signal wire = new Signal(stem + "_" + number, expression.width());
    read.put(wire, 0L);
    made.put(expression, wire);
    declare.accept(wire, value);
    return wire;
  }

  /// Small numbers in decimal, bits in binary, others in hexadecimal digits.
  private static String number(long value, int width) {
    if (width == 1) {
      return "1'b" + value;
    }
    return value >= 0 && value < 1000
        ? "%s'd%s".formatted(width, value)
        : "%s'h%s".formatted(width, Long.toHexString(value));
  }

  /// The ranges of bits that nothing has read.
  List<String> unread() {
    List<String> unread = new ArrayList<>();
    read.forEach((signal, bits) -> {
      for (int low = 0; low < signal.width(); low++) {
        int high = low;
        while (high < signal.width() && (bits >>> high & 1) == 0) {
          high++;
        }
        if (high > low) {
          unread.add(range(signal, high - 1, low));
          low = high;
        }
      }
    });
    return unread;
  }
}
