package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Tensor FILLED = Tensor.filled(Shape.of(2, 3), 0.5f);

  /// A thousand of a gigabyte each would not fit into any heap of ours.
  @Test
  void equalValuesTakeTheMemoryOfOne() {
    for (int i = 0; i < 1000; i++) {
      assertEquals(1 << 28, Tensor.filled(Shape.of(1 << 14, 1 << 14), i).size());
    }
  }

  @Test
  void equalValuesAreATensorLikeAnyOther() {
    Tensor written = new Tensor(Shape.of(2, 3), 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    assertEquals(written, FILLED);
    assertEquals(FILLED, written);
    assertEquals(written.hashCode(), FILLED.hashCode());
    assertArrayEquals(written.toArray(), FILLED.toArray());
    assertEquals(0.5f, FILLED.get(5));
    assertNotEquals(FILLED, Tensor.filled(Shape.of(2, 3), 0));
    assertNotEquals(FILLED, new Tensor(Shape.of(2, 3), 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 1));
    assertNotEquals(FILLED, Tensor.filled(Shape.of(3, 2), 0.5f));
  }

  @Test
  void nothingLiesOutside() {
    assertThrows(IndexOutOfBoundsException.class, () -> FILLED.get(6));
    assertThrows(IndexOutOfBoundsException.class, () -> FILLED.get(-1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.filled(Shape.of(2), Float.NaN));
  }
}
