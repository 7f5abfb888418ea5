package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Emulator;
import org.pdnn.integer.Affine;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;
import org.pdnn.sums.Geometry;

/// What the sequencer of an accelerator has to say, by loops over the images: each term with its
/// place in the image and its weight, each end of a sweep, each group with its units, parameters,
/// shifts and place in a pool. A circuit is compared with it.
final class SequencerBench {
  /// Of one input after the other.
  private static final int[] PASSES = {2, 1};

  private static final long OUTSIDE = -1;
  private static final long TWICE = -2;

  private final Accelerator accelerator;
  private final List<Long> parameters;
  private final List<Long> trace = new ArrayList<>();

  SequencerBench(Accelerator accelerator) {
    this.accelerator = accelerator;
    this.parameters = accelerator.parameters().words();
    for (int passes : PASSES) {
      add(passes);
      trace.add(accelerator.schedule().cycles(passes));
    }
  }

  private void add(int passes) {
    List<Step> steps = accelerator.schedule().steps();
    for (int pass = 0; pass < passes; pass++) {
      int weight = 0;
      for (int i = 0; i < accelerator.layers().size(); i++) {
        PBitLayer layer = accelerator.layers().get(i);
        if (i > 0 || pass == 0) {
          places(layer, weight, i == 0 ? 0 : steps.get(i + 1).slots(), i == 0 ? 8 : 1);
        }
        if (i == 0) {
          int units = steps.getFirst().units();
          for (int from = 0; from < units; from += accelerator.elements()) {
            group(units, from, steps.get(1).slots(), true, true);
          }
        }
        weight += weights(layer.weights());
      }
      WeightLayer last = accelerator.weightLayers().getLast();
      for (int from = 0; from < last.outputs(); from += accelerator.elements()) {
        terms(last, 0, 0, weight + from / accelerator.elements() * last.terms());
        group(last.outputs(), from, 0, true, true);
      }
    }
  }

  private int weights(WeightLayer layer) {
    return Math.ceilDiv(layer.outputs(), accelerator.elements()) * layer.terms();
  }

  private void places(PBitLayer layer, int weight, int shifts, int planes) {
    WeightLayer weights = layer.weights();
    Geometry read = weights.weights().geometry();
    Window pool = layer.pooling().map(PBitLayer.Pooling::window).orElse(Window.of(1, 1));
    Shape pools =
        pool.output(
            Shape.of(read.outputs(), read.outputRows(), read.outputColumns()),
            read.outputs(),
            "a pool");
    int members = (int) pool.size();
    for (int place = 0; place < pools.dimension(1) * pools.dimension(2) * members; place++) {
      int member = place % members;
      int row = place / members / pools.dimension(2);
      int column = place / members % pools.dimension(2);
      int y = pool.rows().read(row, member / pool.columns().kernel());
      int x = pool.columns().read(column, member % pool.columns().kernel());
      boolean closes = member == members - 1;
      for (int from = 0; from < weights.outputs(); from += accelerator.elements()) {
        for (int plane = planes - 1; plane >= 0; plane--) {
          terms(weights, y, x, weight + from / accelerator.elements() * weights.terms());
          if (plane > 0) {
            trace.add(TWICE);
          }
        }
        group(weights.outputs(), from, closes ? shifts : 0, member == 0, closes);
        if (from == 0) {
          trace.add(biases(layer.affine(), y * read.outputColumns() + x));
        }
      }
    }
  }

  private void terms(WeightLayer layer, int row, int column, int weight) {
    Geometry read = layer.weights().geometry();
    int term = 0;
    while (layer.mask().isPresent() && term < layer.terms()) {
      trace.add(0L);
      trace.add((long) weight + term++);
    }
    if (term > 0) {
      return;
    }
    for (int down = 0; down < read.window().rows().kernel(); down++) {
      for (int across = 0; across < read.window().columns().kernel(); across++) {
        int pixel = read.read(row, column, down, across);
        for (int channel = 0; channel < read.channels(); channel++) {
          trace.add(pixel < 0 ? OUTSIDE : pixel * read.channels() + channel);
          trace.add((long) weight + term++);
        }
      }
    }
  }

  private void group(int units, int from, int shifts, boolean opens, boolean closes) {
    int here = Math.min(accelerator.elements(), units - from);
    trace.add(here + 1000L * shifts + (opens ? 1 << 20 : 0) + (closes ? 1 << 21 : 0));
  }

  /// What tells the biases of a pixel from those of others.
  private static long biases(Affine affine, int pixel) {
    long biases = 0;
    for (int output = 0; output < affine.outputs(); output++) {
      biases = biases * 31 + affine.bias(pixel, output);
    }
    return biases;
  }

  /// The same of a place in the memory of parameters.
  private long biases(int address, int outputs) {
    int unused = Long.SIZE - Parameters.BIAS_BITS;
    long biases = 0;
    for (int output = 0; output < outputs; output++) {
      int at = address + output;
      biases = biases * 31 + (at < parameters.size() ? parameters.get(at) << unused >> unused : 0);
    }
    return biases;
  }

  /// Whether a circuit says all of that, and nothing else.
  boolean equal(Circuit circuit) {
    Schedule schedule = accelerator.schedule();
    Emulator emulator = new Emulator(circuit);
    Emulator.Pin running = emulator.pin("running");
    Emulator.Pin feed = emulator.pin("feed");
    Emulator.Pin shift = emulator.pin("shift");
    Emulator.Pin step = emulator.pin("step");
    Optional<Emulator.Pin> inImage =
        schedule.padded() ? Optional.of(emulator.pin("in_image")) : Optional.empty();
    Optional<Emulator.Pin> opens =
        schedule.pooled() ? Optional.of(emulator.pin("opens")) : Optional.empty();
    Optional<Emulator.Pin> closes =
        schedule.pooled() ? Optional.of(emulator.pin("closes")) : Optional.empty();
    emulator.reset();
    Comparison comparison = new Comparison();
    for (int passes : PASSES) {
      emulator.pin("passes").set(passes);
      emulator.pin("start").set(1);
      emulator.clock();
      emulator.pin("passes").set(0);
      emulator.pin("start").set(0);
      long cycles = 0;
      long shifts = 0;
      while (comparison.equal && running.get() != 0 && cycles <= schedule.cycles(passes)) {
        if (feed.get() != 0) {
          boolean inside = inImage.isEmpty() || inImage.get().get() != 0;
          comparison.next(inside ? emulator.pin("address").get() : OUTSIDE);
          comparison.next(emulator.pin("weight").get());
        }
        if (emulator.pin("twice").get() != 0) {
          comparison.next(TWICE);
        }
        if (emulator.pin("take").get() != 0) {
          comparison.next(
              emulator.pin("units").get()
                  + 1000L * shifts
                  + (opens.isEmpty() || opens.get().get() != 0 ? 1 << 20 : 0)
                  + (closes.isEmpty() || closes.get().get() != 0 ? 1 << 21 : 0));
          shifts = 0;
        }
        int now = (int) step.get();
        if (emulator.pin("begins").get() != 0 && parameters(now)) {
          int channels = schedule.steps().get(now).channels();
          comparison.next(biases((int) emulator.pin("affine_base").get(), channels));
        }
        shifts += shift.get();
        cycles++;
        emulator.clock();
      }
      comparison.next(cycles);
    }
    return comparison.equal && comparison.at == trace.size();
  }

  /// Whether a step has parameters; a broken circuit may go beyond the last.
  private boolean parameters(int step) {
    return step == 0 || (step > 1 && step <= accelerator.layers().size());
  }

  private final class Comparison {
    private int at;
    private boolean equal = true;

    void next(long found) {
      equal = equal && at < trace.size() && trace.get(at++) == found;
    }
  }
}
