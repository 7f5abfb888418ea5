package org.pdnn.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Shape;

class RoundsTest {
  /// Takes as long as it is told and counts its runs.
  private static final class Sleeper implements Engine {
    private final EngineProfile profile;
    private final int milliseconds;
    private final float[][] logits;
    private int runs;

    Sleeper(String name, DataType dataType, int milliseconds, float... logits) {
      this.profile = new EngineProfile(name, dataType, true, 1);
      this.milliseconds = milliseconds;
      this.logits = new float[][] {logits};
    }

    @Override
    public EngineProfile profile() {
      return profile;
    }

    @Override
    public void run() {
      runs++;
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public float[][] logits() {
      return logits.clone();
    }

    @Override
    public void close() {}
  }

  private static Task task() {
    return new Task(
        BenchNetworks.perceptron("sigmoid"), BenchNetworks.inputs(Shape.of(1, 8, 8), 1), 1, 1);
  }

  @Test
  void mediansTellTheSlowFromTheFast() {
    Sleeper fast = new Sleeper("fast", DataType.FP32, 2, 0, 1);
    Sleeper slow = new Sleeper("slow", DataType.FP32, 20, 0, 1);
    Sleeper other = new Sleeper("other", DataType.INT8, 10, 1, 0);
    AtomicInteger rounds = new AtomicInteger();
    List<Engine> engines = List.of(slow, fast, other);
    List<Quartiles> times = new Rounds(engines, 0.01).measure(3, rounds::incrementAndGet);
    assertEquals(3, rounds.get());
    assertTrue(slow.runs >= 3 + 1, "a turn each round and one to warm up");
    List<EngineResult> results =
        EngineResult.of(task(), engines, times, new MachineLimit(10, 20, 100));
    assertEquals(1, results.get(1).ratioToBestFp32Peer().orElseThrow());
    assertTrue(results.get(0).ratioToBestFp32Peer().orElseThrow() > 1);
    assertTrue(results.get(0).profile().isFp32Peer());
    assertFalse(results.get(2).profile().isFp32Peer());
    assertEquals(1, results.get(1).agreement().orElseThrow());
    assertEquals(0, results.get(2).agreement().orElseThrow());
    EngineResult last = results.get(2);
    double macs = 64 * 48 + 48 * 32 + 32 * 10;
    assertEquals(
        macs / last.microsecondsPerInput().median() / 1000, last.gigaMacsPerSecond(), 1e-9);
    assertEquals(last.gigaMacsPerSecond() / 100, last.shareOfLimit(), 1e-12);
  }

  @Test
  void peersThatComputeSomethingElseAreFoundOut() {
    List<Engine> engines =
        List.of(
            new Sleeper("right", DataType.FP32, 1, 0, 1),
            new Sleeper("wrong", DataType.FP32, 1, 0, 1.01f));
    List<Quartiles> times = new Rounds(engines, 0).measure(1, () -> {});
    assertThrows(
        IllegalStateException.class,
        () -> EngineResult.of(task(), engines, times, new MachineLimit(1, 1, 1)));
  }

  @Test
  void quartilesLieBetweenTheirNeighbours() {
    assertEquals(new Quartiles(2, 3, 4), Quartiles.of(new double[] {5, 1, 3, 2, 4}));
    assertEquals(new Quartiles(1.75, 2.5, 3.25), Quartiles.of(new double[] {4, 3, 2, 1}));
    assertEquals(new Quartiles(7, 7, 7), Quartiles.of(new double[] {7}));
  }

  /// What lies before the first random neuron is done once, whatever T is.
  @Test
  void macsCountTheSharedLayerOnce() {
    Task task =
        new Task(
            BenchNetworks.perceptron("pbit:sigmoid"),
            BenchNetworks.inputs(Shape.of(1, 8, 8), 1),
            1,
            1);
    assertEquals(64 * 48 + 10 * (48 * 32 + 32 * 10), task.macs(10), 0);
  }
}
