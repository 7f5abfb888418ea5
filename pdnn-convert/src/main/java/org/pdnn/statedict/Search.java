package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.Layer;
import org.pdnn.network.Outline;
import org.pdnn.network.Shape;
import org.pdnn.statedict.SavedLayer.Form;

/// Goes through an architecture from its input and tries at each layer with tensors what could be
/// there. Saved layers stand in queues; of each queue the first can be the next.
final class Search {
  /// Tries after which there are too many ways.
  private static final int MOST_TRIES = 30_000;

  private final Outline outline;
  private final Layout layout;
  private final Map<Integer, SavedLayer> fixed;
  private final List<List<SavedLayer>> queues;
  private final int[] heads;
  private final List<SavedLayer> path = new ArrayList<>();
  private final List<Assignment> found = new ArrayList<>();
  private int tries;
  private int deepest = -1;
  private String misfit = "";

  private Search(
      Outline outline,
      Layout layout,
      Map<Integer, SavedLayer> fixed,
      List<List<SavedLayer>> queues) {
    this.outline = outline;
    this.layout = layout;
    this.fixed = fixed;
    this.queues = queues;
    heads = new int[queues.size()];
  }

  /// What a search came to.
  ///
  /// @param found at most two assignments, which make different networks
  /// @param complete whether all ways were tried, or enough to find two
  /// @param misfit the layer that was reached, and why nothing fits there
  record Outcome(List<Assignment> found, boolean complete, String misfit) {
    Outcome {
      found = List.copyOf(found);
    }
  }

  /// @param fixed the saved layers of the layers that are known, by their index
  /// @param queues the others, as many of each form as there are layers for them
  static Outcome of(
      Outline outline,
      Layout layout,
      Map<Integer, SavedLayer> fixed,
      List<List<SavedLayer>> queues) {
    Search search = new Search(outline, layout, fixed, queues);
    search.from(0, List.of(outline.input()));
    return new Outcome(
        search.found, search.tries < MOST_TRIES || search.found.size() > 1, search.misfit);
  }

  /// @param shapes of the input and of what each layer before gives
  private void from(int index, List<Shape> shapes) {
    if (found.size() > 1 || tries >= MOST_TRIES) {
      return;
    }
    if (index == outline.parts().size()) {
      Assignment assignment = new Assignment(path, layout);
      if (found.isEmpty() || !found.getFirst().same(assignment)) {
        found.add(assignment);
      }
      return;
    }
    Layer layer = outline.parts().get(index).layer();
    List<Shape> read =
        outline.parts().get(index).place().reads().stream()
            .map(from -> shapes.get(from + 1))
            .toList();
    Optional<Form> form = Form.of(layer);
    SavedLayer known = fixed.get(index);
    if (form.isEmpty()) {
      go(index, shapes, Fit.of(layer, read));
    } else if (known != null) {
      attempt(index, layer, known, shapes, read.getFirst());
    } else {
      for (int queue = 0; queue < heads.length; queue++) {
        List<SavedLayer> waiting = queues.get(queue);
        if (heads[queue] < waiting.size() && waiting.get(heads[queue]).form() == form.get()) {
          SavedLayer first = waiting.get(heads[queue]++);
          attempt(index, layer, first, shapes, read.getFirst());
          heads[queue]--;
        }
      }
    }
  }

  private void attempt(int index, Layer layer, SavedLayer saved, List<Shape> shapes, Shape input) {
    tries++;
    path.add(saved);
    go(index, shapes, Fit.of(layer, outline.sized(), saved, layout, input));
    path.removeLast();
  }

  private void go(int index, List<Shape> shapes, Fit fit) {
    switch (fit) {
      case Fit.Fits(Shape output) -> {
        List<Shape> more = new ArrayList<>(shapes);
        more.add(output);
        from(index + 1, more);
      }
      case Fit.Misfit(String why) -> {
        if (index > deepest) {
          deepest = index;
          misfit = "layer %s (%s) %s".formatted(index, outline.parts().get(index).kind(), why);
        }
      }
    }
  }
}
