package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.pdnn.names.Printable;

/// The nodes that an output needs, each after those whose outputs it reads; in the order of the
/// file where that is such a one.
///
/// The walk goes from the output backwards and keeps its own stack: a graph may be deeper than the
/// stack of a thread.
final class GraphOrder {
  private final Map<String, Node> makers = new HashMap<>();
  private final Predicate<String> given;
  private final Set<Node> begun = new HashSet<>();
  private final Set<Node> done = new HashSet<>();
  private final List<Node> order = new ArrayList<>();

  private GraphOrder(Predicate<String> given) {
    this.given = given;
  }

  /// @param nodes all nodes, in any order
  /// @param output the name that is wanted
  /// @param given whether a name is the input or an initializer
  /// @throws IllegalArgumentException naming a node that closes a cycle, reads what nothing makes
  ///   or makes what is made already
  static List<Node> of(List<NodeProto> nodes, String output, Predicate<String> given) {
    GraphOrder walk = new GraphOrder(given);
    List<Node> all = new ArrayList<>();
    for (NodeProto proto : nodes) {
      Node node = new Node(proto, all.size());
      all.add(node);
      walk.declare(node);
    }
    Node last = walk.makers.get(output);
    if (last == null) {
      throw new IllegalArgumentException(
          "no node makes the output %s; export the model again"
              .formatted(Printable.quoted(output)));
    }
    walk.visit(last);
    Set<Node> needed = Set.copyOf(walk.order);
    walk.restart();
    // What the output does not need is left aside, but a broken graph is broken.
    all.forEach(walk::visit);
    return walk.order.stream().filter(needed::contains).toList();
  }

  private void declare(Node node) {
    for (String name : node.outputNames()) {
      if (!name.isEmpty()) {
        if (given.test(name) || makers.put(name, node) != null) {
          throw node.refused(
              "makes %s, which is made already; export the model again"
                  .formatted(Printable.quoted(name)));
        }
      }
    }
  }

  private void restart() {
    begun.clear();
    done.clear();
    order.clear();
  }

  private void visit(Node from) {
    Deque<Node> open = new ArrayDeque<>();
    open.push(from);
    while (!open.isEmpty()) {
      Node node = open.peek();
      if (done.contains(node)) {
        open.pop();
      } else if (begun.add(node)) {
        for (String name : node.inputNames()) {
          Node maker = makers.get(name);
          if (maker != null && !done.contains(maker)) {
            if (begun.contains(maker)) {
              throw maker.refused(
                  "reads what is computed from its own output; export the model without the cycle");
            }
            open.push(maker);
          } else if (maker == null && !name.isEmpty() && !given.test(name)) {
            throw node.refused(
                "reads %s, which nothing makes; export the model again"
                    .formatted(Printable.quoted(name)));
          }
        }
      } else {
        done.add(node);
        order.add(node);
        open.pop();
      }
    }
  }
}
