package org.pdnn.ising.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.instance.Instances;

/// Spins of a block are not coupled.
class UpdateOrderTest {
  private static void assertColoured(IsingModel model, int[] colours) {
    for (int spin = 0; spin < model.size(); spin++) {
      for (int k = 0; k < model.degree(spin); k++) {
        assertNotEquals(colours[spin], colours[model.neighbour(spin, k)]);
      }
      for (int k = model.triples().start(spin); k < model.triples().start(spin + 1); k++) {
        assertNotEquals(colours[spin], colours[model.triples().second(k)]);
        assertNotEquals(colours[spin], colours[model.triples().third(k)]);
      }
    }
  }

  @Test
  void coupledSpinsHaveDifferentColours() {
    IsingModel model = Models.random(60, 200, 2, 1, 3);
    assertColoured(model, Colouring.of(model));
    assertColoured(model, Colouring.firstFit(model));
    IsingModel triples = IsingModel.of(5).couple(0, 1, 2, 1).couple(2, 3, 4, 1).build();
    assertColoured(triples, Colouring.of(triples));
    assertColoured(triples, Colouring.firstFit(triples));
  }

  @Test
  void aLatticeHasTwoBlocks() {
    IsingModel lattice = Instances.of("lattice:6x8", 1).model();
    UpdateOrder order = UpdateOrder.coloured(lattice);
    assertEquals(2, order.blocks());
    assertEquals(24, order.start(1));
    assertEquals(48, order.start(2));
    for (int position = 1; position < 24; position++) {
      assertTrue(order.spin(position - 1) < order.spin(position));
    }
  }

  @Test
  void everySpinStandsInTheOrderOnce() {
    IsingModel model = Models.random(400, 4000, 2, 1, 4);
    for (UpdateOrder order :
        new UpdateOrder[] {UpdateOrder.coloured(model), UpdateOrder.sequential(model)}) {
      assertEquals(400, IntStream.range(0, order.size()).map(order::spin).distinct().count());
      assertEquals(400, order.start(order.blocks()));
    }
  }
}
