package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTypeTest {
  /// Sign, exponent and fraction put together as IEEE 754 defines them, in 64 bits.
  private static double defined(int bits, int exponentBits, int fractionBits) {
    int fraction = bits & ((1 << fractionBits) - 1);
    int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
    int bias = (1 << (exponentBits - 1)) - 1;
    double sign = bits >> 15 == 0 ? 1 : -1;
    double scaled = fraction / (double) (1 << fractionBits);
    if (exponent == (1 << exponentBits) - 1) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * scaled * Math.pow(2, 1 - bias)
        : sign * (1 + scaled) * Math.pow(2, exponent - bias);
  }

  @ParameterizedTest
  @CsvSource({"F16, 5, 10", "BF16, 8, 7"})
  void everyHalfIsTheNumberThatItsBitsDefine(ElementType type, int exponent, int fraction) {
    ByteBuffer buffer = ByteBuffer.allocate(3);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      buffer.order(order);
      for (int bits = 0; bits < 1 << 16; bits++) {
        buffer.putShort(1, (short) bits);
        assertEquals(
            (float) defined(bits, exponent, fraction), type.get(buffer, 1), "bits " + bits);
      }
    }
  }

  @Test
  void longNumbersAreRounded() {
    ByteBuffer buffer = ByteBuffer.allocate(8);
    assertEquals(0.1f, ElementType.F64.get(buffer.putDouble(0, 0.1), 0));
    assertEquals(Float.POSITIVE_INFINITY, ElementType.F64.get(buffer.putDouble(0, 1e300), 0));
    assertEquals(0.1f, ElementType.F32.get(buffer.putFloat(4, 0.1f), 4));
  }
}
