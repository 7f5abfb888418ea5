package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Shape;

class InputsTest {
  @Test
  void repeatedImagesStayChannelsLast() {
    Libtorch.load();
    float[] images = new float[2 * 3 * 4 * 5];
    for (int i = 0; i < images.length; i++) {
      images[i] = i;
    }
    try (var _ = new PointerScope()) {
      Tensor all = Inputs.repeated(Inputs.of(Shape.of(3, 4, 5), images), 3);
      assertTrue(all.is_contiguous(MemoryFormat.ChannelsLast));
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(images, Parameters.array(all.narrow(0, 2L * i, 2).contiguous()));
      }
    }
  }
}
