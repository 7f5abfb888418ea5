package org.pdnn.circuit.accelerator;

import java.util.Optional;
import org.pdnn.circuit.Part;
import org.pdnn.circuit.synthesis.Family;
import org.pdnn.names.Choice;

/// What an accelerator is synthesised for: a family that Yosys knows, and the greatest device of it
/// that an accelerator has to fit.
public enum Target {
  /// AMD's ZU7EV, of the board on which the paper measured: blocks of 36 Kbit.
  XILINX("ZU7EV", 312, 36, 10, Optional.of(Family.ULTRASCALE_PLUS)),
  /// Lattice's LFE5U-85F: blocks of 18 Kbit.
  ECP5("LFE5U-85F", 208, 18, 10, Optional.of(Family.ECP5)),
  /// Lattice's iCE40 HX8K: blocks of 4 Kbit.
  ICE40("iCE40 HX8K", 32, 16, 8, Optional.of(Family.ICE40)),
  /// No device: cells as coarse as adders and memories.
  GENERIC("no device", Integer.MAX_VALUE, 1, 0, Optional.empty());

  private final String device;
  private final int blocks;
  private final int width;
  private final int addressBits;
  private final Optional<Family> family;

  /// @param blocks of memory that the device has
  /// @param width most bits of a word of a block
  /// @param addressBits of a block with such words; half as wide, it is twice as deep
  Target(String device, int blocks, int width, int addressBits, Optional<Family> family) {
    this.device = device;
    this.blocks = blocks;
    this.width = width;
    this.addressBits = addressBits;
    this.family = family;
  }

  /// The device.
  public String device() {
    return device;
  }

  /// The family of the device.
  public Optional<Family> family() {
    return family;
  }

  /// Yosys' command for it, which keeps the modules.
  String command() {
    return family.map(each -> each.command(false, true)).orElse("prep");
  }

  /// Refuses an accelerator whose memories it may not hold, each in blocks of its own. Yosys makes
  /// small ones of logic, so that a few blocks fewer are taken.
  ///
  /// @throws IllegalArgumentException naming the layer of the most weights
  public void require(Accelerator accelerator) {
    long taken =
        this == GENERIC
            ? 0
            : Accelerator.memories("", accelerator.circuit()).values().stream()
                .mapToLong(this::blocks)
                .sum();
    if (taken > blocks) {
      throw new IllegalArgumentException(
          "the memories of this network may take %s blocks, of which layer %s takes most, and an %s has %s; use fewer hidden units or elements, or another --target"
              .formatted(taken, accelerator.widestLayer(), device, blocks));
    }
  }

  /// The fewest blocks for a memory, over the widths that a block can have.
  private long blocks(Part.Memory memory) {
    long least = Long.MAX_VALUE;
    for (int halvings = 0; width >> halvings > 0; halvings++) {
      long across = Math.ceilDiv(memory.width(), width >> halvings);
      long deep = Math.ceilDiv(memory.contents().size(), 1L << (addressBits + halvings));
      least = Math.min(least, across * deep);
    }
    return least;
  }

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
