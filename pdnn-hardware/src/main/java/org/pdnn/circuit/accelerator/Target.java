package org.pdnn.circuit.accelerator;

import org.pdnn.names.Choice;

/// What an accelerator is synthesised for: a family that Yosys knows, and the greatest device of it
/// that an accelerator has to fit.
public enum Target {
  /// AMD's ZU7EV, of the board on which the paper measured: 312 block memories of 36 Kbit.
  XILINX("ZU7EV", 312L * 36 * 1024, "synth_xilinx -family xcup"),
  /// Lattice's LFE5U-85F: 208 block memories of 18 Kbit.
  ECP5("LFE5U-85F", 208L * 18 * 1024, "synth_ecp5"),
  /// Lattice's iCE40 HX8K: 32 block memories of 4 Kbit.
  ICE40("iCE40 HX8K", 32L * 4 * 1024, "synth_ice40"),
  /// No device: cells as coarse as adders and memories.
  GENERIC("no device", Long.MAX_VALUE, "prep");

  private final String device;
  private final long memoryBits;
  private final String command;

  Target(String device, long memoryBits, String command) {
    this.device = device;
    this.memoryBits = memoryBits;
    this.command = command;
  }

  /// The device.
  public String device() {
    return device;
  }

  /// Bits of its block memories.
  public long memoryBits() {
    return memoryBits;
  }

  /// Yosys' command for it.
  public String command() {
    return command;
  }

  /// Refuses an accelerator whose memories it does not hold.
  ///
  /// @throws IllegalArgumentException naming the layer of the most weights
  public void require(Accelerator accelerator) {
    long bits = accelerator.memoryBits();
    if (bits > memoryBits) {
      throw new IllegalArgumentException(
          "the memories of this network take %s bits, of which layer %s takes most, and an %s holds %s; use fewer hidden units, or another --target"
              .formatted(bits, accelerator.widestLayer(), device, memoryBits));
    }
  }

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
