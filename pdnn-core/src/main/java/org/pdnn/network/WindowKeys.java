package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.pdnn.names.Printable;

/// The keys of a [Window] in a layer of an [Architecture].
///
/// `stride`, `dilation` and a pool's `size` are one number or [down, across], `padding` is one
/// number, [down, across] or [top, left, bottom, right]. Without it a pool's stride is its size,
/// every other stride and dilation 1, and there is no padding.
final class WindowKeys {
  private static final String SIZE = "size";
  private static final String STRIDE = "stride";
  private static final String PADDING = "padding";
  private static final String DILATION = "dilation";
  private static final String CEIL = "ceil";

  /// The keys that a convolution may have.
  static final Set<String> CONVOLUTION = Set.of(STRIDE, PADDING, DILATION);

  /// The keys that a pool may have.
  static final Set<String> POOL = Set.of(SIZE, STRIDE, PADDING, DILATION, CEIL);

  private WindowKeys() {}

  /// Writes a convolution's window; its weights have its kernel.
  static void write(Window window, ObjectNode node) {
    put(node, STRIDE, List.of(window.rows().stride(), window.columns().stride()));
    put(node, PADDING, window.sides());
    if (window.rows().dilation() > 1 || window.columns().dilation() > 1) {
      put(node, DILATION, List.of(window.rows().dilation(), window.columns().dilation()));
    }
  }

  /// Writes a pool's window; of one that moves by its own size, its size.
  static void writePool(Window window, ObjectNode node) {
    put(node, SIZE, List.of(window.rows().kernel(), window.columns().kernel()));
    if (!window.tiles()) {
      write(window, node);
    }
    if (window.ceil()) {
      node.put(CEIL, true);
    }
  }

  private static void put(ObjectNode node, String key, List<Integer> numbers) {
    if (numbers.stream().distinct().count() == 1) {
      node.put(key, numbers.getFirst());
    } else {
      numbers.forEach(node.putArray(key)::add);
    }
  }

  /// A convolution's window, whose stride and padding must be said.
  static Window convolution(JsonNode node, int height, int width) {
    require(node, STRIDE);
    require(node, PADDING);
    return read(node, height, width);
  }

  private static void require(JsonNode node, String key) {
    if (!node.has(key)) {
      throw new IllegalArgumentException("'%s' is missing".formatted(key));
    }
  }

  private static Window read(JsonNode node, int height, int width) {
    int[] stride = pair(node, STRIDE, 1, 1);
    int[] dilation = pair(node, DILATION, 1, 1);
    int[] sides = sides(node);
    return Window.of(height, width)
        .stride(stride[0], stride[1])
        .dilation(dilation[0], dilation[1])
        .padding(sides[0], sides[1], sides[2], sides[3]);
  }

  /// A pool's window.
  static Window pool(JsonNode node) {
    require(node, SIZE);
    int[] size = pair(node, SIZE, 1, 1);
    int[] stride = pair(node, STRIDE, size[0], size[1]);
    return read(node, size[0], size[1]).stride(stride[0], stride[1]).ceil(flag(node, CEIL, false));
  }

  /// A key that is true or false.
  static boolean flag(JsonNode node, String key, boolean otherwise) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException(
          "'%s' is true or false, got %s".formatted(key, Printable.of(value.toString(), 40)));
    }
    return value.asBoolean(otherwise);
  }

  /// A number for both axes, or one for each.
  static int[] pair(JsonNode node, String key, int down, int across) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return new int[] {down, across};
    }
    if (!value.isArray()) {
      int both = Architecture.integer(key, value);
      return new int[] {both, both};
    }
    requireLength(key, value, value.size() == 2, "[down, across]");
    return new int[] {
      Architecture.integer(key, value.get(0)), Architecture.integer(key, value.get(1))
    };
  }

  private static int[] sides(JsonNode node) {
    JsonNode value = node.path(PADDING);
    if (!value.isArray() || value.size() == 2) {
      int[] pair = pair(node, PADDING, 0, 0);
      return new int[] {pair[0], pair[1], pair[0], pair[1]};
    }
    requireLength(
        PADDING, value, value.size() == 4, "[down, across] or [top, left, bottom, right]");
    int[] sides = new int[4];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = Architecture.integer(PADDING, value.get(i));
    }
    return sides;
  }

  private static void requireLength(String key, JsonNode value, boolean right, String form) {
    if (!right) {
      throw new IllegalArgumentException(
          "'%s' is one number or %s, got %s"
              .formatted(key, form, Printable.of(value.toString(), 40)));
    }
  }
}
