package org.pdnn.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pdnn.sweep.Address;
import org.pdnn.sweep.Cell;

/// The cells of a plan, made once in each JVM: they hold the data sets.
///
/// @param all those that are asked for
/// @param byAddress these and all that they need
record PlannedCells(Plan plan, List<Cell<?>> all, Map<Address, Cell<?>> byAddress) {
  private static @Nullable PlannedCells last;

  /// The cells of a plan.
  static synchronized PlannedCells of(Plan plan) throws IOException {
    PlannedCells known = last;
    if (known == null || !known.plan.equals(plan)) {
      known = make(plan);
      last = known;
    }
    return known;
  }

  private static PlannedCells make(Plan plan) throws IOException {
    List<Cell<?>> cells = plan.cells();
    Map<Address, Cell<?>> byAddress = new HashMap<>();
    cells.forEach(cell -> collect(cell, byAddress));
    return new PlannedCells(plan, List.copyOf(cells), Map.copyOf(byAddress));
  }

  private static void collect(Cell<?> cell, Map<Address, Cell<?>> all) {
    if (all.put(Address.of(cell), cell) == null) {
      cell.needs().forEach(needed -> collect(needed, all));
    }
  }

  /// The cell of an address that another machine made.
  ///
  /// @throws IOException if this one makes other cells of the plan
  Cell<?> at(Address address) throws IOException {
    Cell<?> cell = byAddress.get(address);
    if (cell == null) {
      throw new IOException(
          "this executor makes other cells than the driver; give all machines the same data sets"
              + " and the same version of pdnn");
    }
    return cell;
  }
}
