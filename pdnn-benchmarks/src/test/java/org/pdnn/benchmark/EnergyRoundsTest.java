package org.pdnn.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.benchmark.MeasuredEnergy.Turn;
import org.pdnn.energy.Joules;
import org.pdnn.network.Shape;
import org.pdnn.power.EnergySample;
import org.pdnn.power.FakeMachine;
import org.pdnn.power.PowerCounters;

class EnergyRoundsTest {
  private static final int BATCH = 5;
  private static final double JOULE = 1e9; // in nanojoules

  @TempDir private Path tree;

  /// Each run takes so long and draws so much.
  private record Worker(FakeMachine machine, Duration each, double watts) implements Engine {
    @Override
    public EngineProfile profile() {
      return new EngineProfile("worker", DataType.FP32, true, 1);
    }

    @Override
    public void run() {
      machine.work(each, watts);
    }

    @Override
    public float[][] logits() {
      return new float[0][];
    }

    @Override
    public void close() {}
  }

  private EnergyRounds rounds(FakeMachine machine, Engine... engines) throws IOException {
    Task task =
        new Task(
            BenchNetworks.perceptron("sigmoid"),
            BenchNetworks.inputs(Shape.of(1, 8, 8), BATCH),
            1,
            1);
    PowerCounters counters = PowerCounters.open(tree, machine);
    return new EnergyRounds(task, List.of(engines), counters, machine);
  }

  private static void assertSame(double expected, Quartiles values) {
    assertEquals(expected, values.lower(), 1e-9 * expected);
    assertEquals(expected, values.median(), 1e-9 * expected);
    assertEquals(expected, values.upper(), 1e-9 * expected);
  }

  /// Idle at 4 W. Four runs of 0.25 s at 10 W: 10 J for 20 inputs, 6 J of them above idle. One run
  /// of 2 s at 6 W: 12 J for 5 inputs, 4 J above idle. On the way the counter goes round.
  @Test
  void idlePowerIsTakenAway() throws IOException {
    FakeMachine machine = FakeMachine.ofOnePackage(tree, 4, FakeMachine.RANGE - 50_000_000);
    AtomicInteger done = new AtomicInteger();
    MeasuredEnergy energy =
        rounds(
                machine,
                new Worker(machine, Duration.ofMillis(250), 10),
                new Worker(machine, Duration.ofSeconds(2), 6))
            .measure(5, done::incrementAndGet);
    assertEquals(5, done.get());
    assertEquals(List.of("package-0"), energy.counters());
    assertSame(4000, energy.idleMilliwatts());
    assertSame(10 / 20.0 * JOULE, energy.perInput().get(0).grossNanojoules());
    assertSame(6 / 20.0 * JOULE, energy.perInput().get(0).netNanojoules());
    assertSame(12 / 5.0 * JOULE, energy.perInput().get(1).grossNanojoules());
    assertSame(4 / 5.0 * JOULE, energy.perInput().get(1).netNanojoules());
    assertEquals(Duration.ofSeconds(5 * (1 + 1 + 2)).toNanos(), machine.nanoseconds());
  }

  private static List<Turn> secondsOf(double... joules) {
    return Arrays.stream(joules)
        .mapToObj(each ->
            new Turn(
                new EnergySample(Joules.ofNanojoules(each * JOULE), Duration.ofSeconds(1)), 10))
        .toList();
  }

  /// A second that something else disturbs moves no median.
  @Test
  void mediansAndQuartilesAreOverTheRounds() {
    MeasuredEnergy energy =
        MeasuredEnergy.of(
            List.of("package-0"),
            secondsOf(4, 3, 90, 4, 5),
            List.of(secondsOf(10, 12, 11, 13, 80), secondsOf(3, 3, 3, 3, 3)));
    assertEquals(new Quartiles(4000, 4000, 5000), energy.idleMilliwatts());
    MeasuredEnergy.PerInput busy = energy.perInput().get(0);
    assertEquals(new Quartiles(0.7 * JOULE, 0.8 * JOULE, 0.9 * JOULE), busy.netNanojoules());
    assertEquals(new Quartiles(1.1 * JOULE, 1.2 * JOULE, 1.3 * JOULE), busy.grossNanojoules());
    assertEquals(-0.1 * JOULE, energy.perInput().get(1).netNanojoules().median());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4})
  void fewRoundsAreRefused(int few) throws IOException {
    FakeMachine machine = FakeMachine.ofOnePackage(tree, 4, 0);
    EnergyRounds rounds = rounds(machine);
    assertThrows(IllegalArgumentException.class, () -> rounds.measure(few, () -> {}));
  }

  @Test
  void countersThatStandStillAreFoundOut() throws IOException {
    FakeMachine machine = FakeMachine.ofOnePackage(tree, 0, 7);
    EnergyRounds rounds = rounds(machine);
    IOException still = assertThrows(IOException.class, () -> rounds.measure(5, () -> {}));
    assertEquals("the power counters stood still for 1.0 s: package-0", still.getMessage());
  }

  @Test
  void anInterruptEndsThem() throws IOException {
    EnergyRounds rounds = rounds(FakeMachine.ofOnePackage(tree, 4, 0));
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> rounds.measure(5, () -> {}));
    assertTrue(Thread.interrupted());
  }
}
