package org.pdnn.data;

import java.io.IOException;

/// Reads PNM pictures, the forms P1 to P6 of Netpbm: bits, greys or colours as text or as bytes.
final class Netpbm {
  private static final int MOST_VALUE = 65_535;

  private final byte[] file;
  private int at = 2;

  private Netpbm(byte[] file) {
    this.file = file;
  }

  /// @throws IOException if the picture is damaged or too large
  static Decoded read(byte[] file) throws IOException {
    return new Netpbm(file).read(file[1] - '0');
  }

  private Decoded read(int kind) throws IOException {
    boolean bits = kind == 1 || kind == 4;
    int width = number();
    int height = number();
    int most = bits ? 1 : number();
    Decoded.requireSize(height, width);
    if (most < 1 || most > MOST_VALUE) {
      throw new IOException("its largest value is %s, not 1 to 65535".formatted(most));
    }
    int values = kind % 3 == 0 ? 3 * width : width;
    if (kind > 3) {
      at++;
    }
    long least =
        switch (kind) {
          case 4 -> (long) height * Math.ceilDiv(width, 8);
          case 1, 2, 3 -> (long) height * values;
          default -> (long) height * values * (most > 255 ? 2 : 1);
        };
    if (file.length - at < least) {
      throw new IOException("it ends before its last pixel");
    }
    byte[] pixels = new byte[height * values];
    for (int i = 0; i < pixels.length; i++) {
      int value =
          switch (kind) {
            case 1 -> bit();
            case 2, 3 -> number();
            case 4 -> packedBit(i / width, i % width, width);
            default -> most > 255 ? byteAt(at++) << 8 | byteAt(at++) : byteAt(at++);
          };
      double share = Math.min(value, most) / (double) most;
      pixels[i] = (byte) Math.round(255 * (bits ? 1 - share : share));
    }
    return Decoded.of(height, width, pixels);
  }

  private int byteAt(int index) {
    return file[index] & 0xFF;
  }

  /// Rows begin at a whole byte; 1 is black.
  private int packedBit(int row, int column, int width) {
    return byteAt(at + row * Math.ceilDiv(width, 8) + column / 8) >> (7 - column % 8) & 1;
  }

  private int bit() throws IOException {
    skipSpace();
    int digit = next() - '0';
    if (digit < 0 || digit > 1) {
      throw new IOException("a bit is not 0 or 1");
    }
    return digit;
  }

  private int number() throws IOException {
    skipSpace();
    int value = 0;
    int digits = 0;
    for (; at < file.length && Character.isDigit(byteAt(at)) && digits < 9; digits++) {
      value = 10 * value + next() - '0';
    }
    if (digits == 0) {
      throw new IOException("a number is missing at byte " + at);
    }
    return value;
  }

  private int next() throws IOException {
    if (at >= file.length) {
      throw new IOException("it ends before its last pixel");
    }
    return byteAt(at++);
  }

  private void skipSpace() {
    while (at < file.length && (file[at] == '#' || Character.isWhitespace(byteAt(at)))) {
      if (file[at] == '#') {
        while (at < file.length && file[at] != '\n') {
          at++;
        }
      } else {
        at++;
      }
    }
  }
}
