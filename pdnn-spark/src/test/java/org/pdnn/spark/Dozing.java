package org.pdnn.spark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;

/// Cells that sleep, in pairs of which the second needs the first. Each computation leaves the
/// number of its process as a line in the cell's folder.
///
/// @param count of cells
/// @param millis that each sleeps
/// @param failing number of the cell that fails; -1 for none
record Dozing(int count, int millis, int failing) implements Plan {
  static final String MARK = "computed";

  private static final Kind<Rested> KIND = new Kind<>("doze", Rested.class);

  /// What a cell found.
  record Rested(int number) {}

  @Override
  public String name() {
    return "doze";
  }

  @Override
  public List<Cell<?>> cells() {
    List<Cell<?>> cells = new ArrayList<>();
    for (int number = 0; number < count; number += 2) {
      Doze first = new Doze(number, millis, failing, List.of());
      cells.add(first);
      cells.add(new Doze(number + 1, millis, failing, List.of(first)));
    }
    return cells;
  }

  /// A cell.
  record Doze(int number, int millis, int failing, List<Cell<?>> needs) implements Cell<Rested> {
    @Override
    public String title() {
      return "doze " + number;
    }

    @Override
    public Kind<Rested> kind() {
      return KIND;
    }

    @Override
    public ObjectNode recipe() {
      ObjectNode recipe =
          JsonNodeFactory.instance.objectNode().put("kind", "doze").put("number", number);
      needs.forEach(needed -> recipe.set("needs", needed.recipe()));
      return recipe;
    }

    @Override
    public double work() {
      return millis / 1e3;
    }

    @Override
    public Rested compute(Context context) throws IOException {
      for (Cell<?> needed : needs) {
        Files.readString(context.folder(needed).resolve(MARK));
      }
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (number == failing) {
        throw new IOException("cannot doze");
      }
      Files.writeString(
          context.folder().resolve(MARK),
          ProcessHandle.current().pid() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return new Rested(number);
    }
  }
}
