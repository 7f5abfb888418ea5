package org.pdnn.generation;

import org.pdnn.names.Choice;

/// What a model of others takes for black and white.
public enum PixelRange {
  /// 0 and 1.
  UNIT(0, 1),
  /// -1 and 1.
  SIGNED(-1, 1),
  /// 0 and 255.
  BYTES(0, 255);

  private final float black;
  private final float white;

  PixelRange(float black, float white) {
    this.black = black;
    this.white = white;
  }

  /// A brightness in this range.
  ///
  /// @param brightness 0 to 1
  float of(float brightness) {
    return black + (white - black) * brightness;
  }

  /// The range of a name on the command line.
  public static PixelRange parse(String name) {
    return Choice.parse(PixelRange.class, "range of pixels", name);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
