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
  private static final class Sleeper implements Contender {
    private final String name;
    private final Arithmetic arithmetic;
    private final int milliseconds;
    private final float[][] logits;
    private int runs;

    Sleeper(String name, Arithmetic arithmetic, int milliseconds, float... logits) {
      this.name = name;
      this.arithmetic = arithmetic;
      this.milliseconds = milliseconds;
      this.logits = new float[][] {logits};
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Arithmetic arithmetic() {
      return arithmetic;
    }

    @Override
    public boolean deterministic() {
      return true;
    }

    @Override
    public int samples() {
      return 1;
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
        SmallNetworks.perceptron("sigmoid"), SmallNetworks.inputs(Shape.of(1, 8, 8), 1), 1, 1);
  }

  @Test
  void mediansTellTheSlowFromTheFast() {
    Sleeper fast = new Sleeper("fast", Arithmetic.FP32, 2, 0, 1);
    Sleeper slow = new Sleeper("slow", Arithmetic.FP32, 20, 0, 1);
    Sleeper other = new Sleeper("other", Arithmetic.INT8, 10, 1, 0);
    AtomicInteger rounds = new AtomicInteger();
    List<Contender> contenders = List.of(slow, fast, other);
    List<Quartiles> times = new Rounds(contenders, 0.01).measure(3, rounds::incrementAndGet);
    assertEquals(3, rounds.get());
    assertTrue(slow.runs >= 3 + 1, "a turn each round and one to warm up");
    List<Standing> standings = Standing.of(task(), contenders, times, new MachineLimit(10, 100));
    assertEquals(1, standings.get(1).ratioToBestFp32Peer().orElseThrow());
    assertTrue(standings.get(0).ratioToBestFp32Peer().orElseThrow() > 1);
    assertTrue(standings.get(0).isFp32Peer());
    assertFalse(standings.get(2).isFp32Peer());
    assertEquals(1, standings.get(1).agreement().orElseThrow());
    assertEquals(0, standings.get(2).agreement().orElseThrow());
    Standing last = standings.get(2);
    double macs = 64 * 48 + 48 * 32 + 32 * 10;
    assertEquals(
        macs / last.microsecondsPerInput().median() / 1000, last.gigaMacsPerSecond(), 1e-9);
    assertEquals(last.gigaMacsPerSecond() / 100, last.shareOfLimit(), 1e-12);
  }

  @Test
  void peersThatComputeSomethingElseAreFoundOut() {
    List<Contender> contenders =
        List.of(
            new Sleeper("right", Arithmetic.FP32, 1, 0, 1),
            new Sleeper("wrong", Arithmetic.FP32, 1, 0, 1.01f));
    List<Quartiles> times = new Rounds(contenders, 0).measure(1, () -> {});
    assertThrows(
        IllegalStateException.class,
        () -> Standing.of(task(), contenders, times, new MachineLimit(1, 1)));
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
            SmallNetworks.perceptron("pbit:sigmoid"),
            SmallNetworks.inputs(Shape.of(1, 8, 8), 1),
            1,
            1);
    assertEquals(64 * 48 + 10 * (48 * 32 + 32 * 10), task.macs(10));
  }
}
