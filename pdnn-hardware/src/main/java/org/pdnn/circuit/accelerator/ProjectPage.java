package org.pdnn.circuit.accelerator;

import java.util.Locale;

/// The page of a [Project].
final class ProjectPage {
  private ProjectPage() {}

  static String of(Accelerator accelerator, Target target) {
    Schedule schedule = accelerator.schedule();
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Accelerator

        %s Written by `pdnn hardware`; do not edit.

        | File | What it is |
        |---|---|
        | `accelerator.v` | the top: registers of the host, memories, elements |
        | `sequencer.v` | the steps, groups, bits and terms, one term in a cycle |
        | `element.v`, `lfsr*.v` | the part of figure 7 that each unit needs: selective accumulator and generator |
        | `neuron.v`, `threshold_*.v` | the part that all elements share: affine function, activation, comparator |
        | `totals.v` | the last layer's sums over the passes |
        | `seeder.v` | first states of the generators |
        | `weights_*.v` | the weights of each element |
        | `*.hex` | what memories hold at first |
        | `bench.v` | a host that compares every pass with the emulator |

        ## Use

        1. `write`, `write_address`, `write_data`: an input, one byte in a cycle, in the order row, column, channel.
        2. `load`, `seed`: once; the generators move on from input to input.
        3. `start`, `passes`: T passes of 1 to 65,535. `busy` is up until they are done.
        4. `done` counts the passes. `total` is the sum of output `read_address` over them, a cycle later: an answer after each pass.

        Output o of the network is `total / done * scale + bias`:

        | Output | Scale | Bias |
        |---|---|---|
        """
            .formatted(accelerator.summary()));
    for (int output = 0; output < accelerator.network().outputs(); output++) {
      page.append(
          "| %s | %s | %s |\n"
              .formatted(output, accelerator.scale(output), accelerator.bias(output)));
    }
    page.append(
        """

        ## Cycles

        Once for an input %s, for each pass %s.

        | Step | Layer | Groups of %s | Bits | Cycles of a sweep | Cycles |
        |---|---|---|---|---|---|
        """
            .formatted(schedule.cyclesBefore(), schedule.cyclesOfPass(), accelerator.elements()));
    for (Step step : schedule.steps()) {
      page.append(
          "| %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  step.kind().name().toLowerCase(Locale.ROOT),
                  schedule.number(step),
                  step.groups(),
                  step.planes(),
                  step.slots() + 1,
                  step.cycles()));
    }
    page.append(
        """

        ## Sizes

        Weights %s bits, sums %s bits, totals %s bits: none can overflow, by the weights themselves.
        Memories %s bits. `make synthesis` counts the rest for %s.
        """
            .formatted(
                accelerator.element().weightBits(),
                accelerator.sumBits(),
                accelerator.totalBits(),
                accelerator.memoryBits(),
                target.device()));
    return page.toString();
  }
}
