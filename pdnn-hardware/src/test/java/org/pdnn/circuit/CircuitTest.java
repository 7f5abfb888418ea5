package org.pdnn.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.pdnn.circuit.Part.Instance;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Part.Read;
import org.pdnn.circuit.Part.Register;
import org.pdnn.circuit.Part.Wire;

/// Circuits that cannot be are refused in one sentence.
class CircuitTest {
  private static final Signal A = new Signal("a", 8);
  private static final Signal B = new Signal("b", 8);
  private static final Signal C = new Signal("c", 8);
  private static final Signal BIT = new Signal("up", 1);

  private static void refused(String message, Executable made) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, made).getMessage());
  }

  private static Circuit circuit(List<Signal> inputs, Part... parts) {
    return new Circuit("some", "Some circuit.", inputs, List.of(parts), List.of());
  }

  @Test
  void widthsMustFit() {
    refused(
        "the operands of '+' have 8 and 1 bits; extend one or cut the other", () -> A.plus(BIT));
    refused(
        "the operands of '<' have 8 and 1 bits; extend one or cut the other",
        () -> A.lessThan(BIT));
    refused("a choice needs one bit, not 8", () -> A.choose(B, C));
    refused("there are no bits 8 to 1 in 8 bits", () -> A.bits(8, 1));
    refused("bits of an extension must be 8 to 64, got 7", () -> A.extended(7));
    refused("bits of a product must be 2 to 64, got 72", () -> A.times(new Signal("wide", 64)));
    refused("bits side by side must be 1 to 64, got 0", Expression::concat);
    refused("the constant 300 does not fit 8 bits", () -> Expression.constant(300, 8));
    refused("the constant -129 does not fit 8 bits", () -> Expression.constant(-129, 8));
    refused("bits of wide must be 1 to 64, got 65", () -> new Signal("wide", 65));
    refused("a has 8 bits and is given 1", () -> new Wire(A, BIT));
    refused("the enable of a has 1 bits and is given 8", () -> new Register(A, 0, B, C));
    refused("the constant 256 does not fit 8 bits", () -> new Register(A, 256, B));
    refused(
        "the address of words has 3 bits and is given 8",
        () ->
            new Memory(
                "words",
                8,
                List.of(0L, 0L, 0L, 0L, 0L),
                Optional.empty(),
                List.of(new Read(A, B))));
  }

  @Test
  void signalsAreDrivenOnceAndBefore() {
    refused("some: a is driven twice", () -> circuit(List.of(A, B), new Wire(A, B)));
    refused("some: nothing before drives b", () -> circuit(List.of(), new Wire(A, B)));
    refused(
        "some: nothing before drives b", () -> circuit(List.of(C), new Wire(A, B), new Wire(B, C)));
    refused("some: nothing before drives a", () -> circuit(List.of(), new Wire(A, A.not())));
    refused(
        "some: a has 8 bits and is read as 4",
        () -> circuit(List.of(A), new Wire(new Signal("d", 4), new Signal("a", 4))));
    refused(
        "some: the input a cannot be an output too",
        () -> new Circuit("some", "Some.", List.of(A), List.of(), List.of(A)));
  }

  @Test
  void circlesNeedARegister() {
    Circuit inverter =
        new Circuit("inverter", "Inverts.", List.of(A), List.of(new Wire(B, A.not())), List.of(B));
    Instance instance = new Instance("first", inverter, Map.of("a", C), Map.of("b", C));
    refused("some: [c] forms a circle without a register", () -> circuit(List.of(), instance));
    Circuit delay =
        new Circuit("delay", "Delays.", List.of(A), List.of(new Register(B, 0, A)), List.of(B));
    Emulator emulator =
        new Emulator(
            new Circuit(
                "twisted",
                "A ring.",
                List.of(),
                List.of(new Instance("one", delay, Map.of("a", C.not()), Map.of("b", C))),
                List.of(C)));
    emulator.clock();
    assertEquals(255, emulator.pin("c").get());
    assertEquals(-1, emulator.pin("c").signed());
    emulator.clock();
    assertEquals(0, emulator.pin("one.b").get());
  }

  @Test
  void portsAreConnected() {
    Circuit delay =
        new Circuit("delay", "Delays.", List.of(A), List.of(new Register(B, 0, A)), List.of(B));
    refused(
        "port a of first is not connected",
        () -> new Instance("first", delay, Map.of(), Map.of("b", C)));
    refused(
        "port b of first has 8 bits and is given 1",
        () -> new Instance("first", delay, Map.of("a", C), Map.of("b", BIT)));
  }

  @Test
  void namesThatVerilogCannotHoldAreRefused() {
    refused("'module' has a meaning of its own", () -> new Signal("module", 1));
    refused("'clk' has a meaning of its own", () -> new Signal("clk", 1));
    for (String name : List.of("", "A", "1a", "a b", "a;", "a\nb", "a$", "\\a ", "a".repeat(61))) {
      assertThrows(IllegalArgumentException.class, () -> new Signal(name, 1), name);
    }
    refused(
        "a comment is one line of ASCII, not 'ends?endmodule'",
        () -> new Part.Note("ends\nendmodule"));
  }

  @Test
  void anyTextBecomesANameOfItsOwn() {
    assertEquals("layer_fc1", Identifier.of("layer", "fc1"));
    assertEquals("layer__0043_onv_002e_1", Identifier.of("layer", "Conv.1"));
    assertEquals("layer_a_003b_", Identifier.of("layer", "a;"));
    assertEquals("layer_a_005f_b", Identifier.of("layer", "a_b"));
    assertThrows(IllegalArgumentException.class, () -> Identifier.of("layer", "x".repeat(1000)));
  }

  @Test
  void onlyInputsAreSet() {
    Emulator emulator =
        new Emulator(
            new Circuit("plain", "", List.of(A), List.of(new Wire(B, A.not())), List.of(B)));
    Emulator.Pin a = emulator.pin("a");
    a.set(-1);
    assertEquals(0, emulator.pin("b").get());
    refused("256 does not fit the 8 bits of a", () -> a.set(256));
    assertThrows(IllegalStateException.class, () -> emulator.pin("b").set(1));
    refused("there is no signal 'bb' (did you mean 'b'?)", () -> emulator.pin("bb"));
  }
}
