package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pdnn.names.Printable;

/// A node of a graph: an operator, the names of what it reads and makes, and its attributes.
final class Node {
  /// Elements of a list of an attribute; the longest that means something are pads of images.
  private static final int LONGEST_LIST = 64;

  private static final Set<String> QONNX = Set.of("Quant", "IntQuant", "BipolarQuant", "Trunc");
  private static final Set<String> QONNX_DOMAINS =
      Set.of("qonnx.custom_op.general", "finn.custom_op.general", "onnx.brevitas");

  private final NodeProto proto;
  private final int index;
  private final List<Node> parts;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /// @param index its place in the graph's list of nodes
  Node(NodeProto proto, int index) {
    this(proto, index, List.of());
  }

  private Node(NodeProto proto, int index, List<Node> parts) {
    this.proto = proto;
    this.index = index;
    this.parts = List.copyOf(parts);
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attributes.put(attribute.getName(), attribute) != null) {
        throw refused("has attribute %s twice".formatted(Printable.quoted(attribute.getName())));
      }
    }
  }

  /// A node that stands for several, of which this is the last.
  ///
  /// @param what they are together
  /// @param inputs names of what they read, but for constants
  Node fused(String what, List<String> inputs, List<Node> all) {
    NodeProto.Builder one = NodeProto.newBuilder().setName(proto.getName()).setOpType(what);
    return new Node(one.addAllInput(inputs).addOutput(output()).build(), index, all);
  }

  /// One of the nodes that stand for this one, called as it is.
  Node part(NodeProto.Builder part) {
    return new Node(part.setName(proto.getName()).build(), index);
  }

  /// The same with another name for its output.
  Node making(String output) {
    return new Node(proto.toBuilder().setOutput(0, output).build(), index, parts);
  }

  /// The nodes that it stands for, from the last on; none if it stands for itself.
  List<Node> parts() {
    return parts;
  }

  /// The operator's name, `Conv`.
  String operator() {
    return proto.getOpType();
  }

  /// Whether the operator is one of ONNX itself.
  boolean isStandard() {
    return proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
  }

  /// Whether the operator is one of QONNX.
  boolean isQonnx() {
    return QONNX.contains(operator()) && QONNX_DOMAINS.contains(domain());
  }

  String domain() {
    return proto.getDomain();
  }

  /// How many inputs are listed; trailing ones may be left out.
  int inputs() {
    return proto.getInputCount();
  }

  /// The name of an input; empty if the node goes without.
  String input(int position) {
    return position < proto.getInputCount() ? proto.getInput(position) : "";
  }

  /// Whether an input is given.
  boolean has(int position) {
    return !input(position).isEmpty();
  }

  List<String> inputNames() {
    return proto.getInputList();
  }

  List<String> outputNames() {
    return proto.getOutputList();
  }

  /// The name of the first output.
  String output() {
    return proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
  }

  boolean hasAttribute(String name) {
    return attributes.containsKey(name);
  }

  /// An attribute that is one integer.
  long integer(String name, long otherwise) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return otherwise;
    }
    if (!attribute.hasI()) {
      throw mistyped(name, "an integer");
    }
    return attribute.getI();
  }

  /// An attribute that is one real number.
  float real(String name, float otherwise) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return otherwise;
    }
    if (!attribute.hasF()) {
      throw mistyped(name, "a real number");
    }
    return attribute.getF();
  }

  /// An attribute that is a word.
  String text(String name, String otherwise) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return otherwise;
    }
    if (!attribute.hasS()) {
      throw mistyped(name, "a text");
    }
    return attribute.getS().toStringUtf8();
  }

  /// An attribute that is a list of integers.
  List<Long> integers(String name, List<Long> otherwise) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return otherwise;
    }
    if (attribute.getIntsCount() == 0 && attribute.hasType() && isOtherThan(attribute)) {
      throw mistyped(name, "a list of integers");
    }
    if (attribute.getIntsCount() > LONGEST_LIST) {
      throw refused(
          "has %s integers in attribute '%s', more than %s"
              .formatted(attribute.getIntsCount(), name, LONGEST_LIST));
    }
    return List.copyOf(attribute.getIntsList());
  }

  private static boolean isOtherThan(AttributeProto attribute) {
    return attribute.getType() != AttributeProto.AttributeType.INTS
        && attribute.getType() != AttributeProto.AttributeType.UNDEFINED;
  }

  /// An attribute that is a tensor.
  Optional<TensorProto> tensor(String name) {
    AttributeProto attribute = attributes.get(name);
    if (attribute == null) {
      return Optional.empty();
    }
    if (!attribute.hasT()) {
      throw mistyped(name, "a tensor");
    }
    return Optional.of(attribute.getT());
  }

  private NodeFault mistyped(String name, String expected) {
    return refused("has an attribute '%s' that is not %s".formatted(name, expected));
  }

  /// The fault of this node.
  ///
  /// @param predicate the rest of the sentence: `has group 4; only ...`
  NodeFault refused(String predicate) {
    return new NodeFault("%s %s".formatted(this, predicate));
  }

  /// The fault that a layer found in this node.
  NodeFault refused(IllegalArgumentException cause) {
    return cause instanceof NodeFault fault
        ? fault
        : new NodeFault("%s: %s".formatted(this, cause.getMessage()), cause);
  }

  /// As in a sentence: `node 'conv1' (Conv)`; a node without a name is called by its output.
  @Override
  public String toString() {
    String name =
        proto.getName().isEmpty()
            ? output().isEmpty() ? "node " + index : "node for " + Printable.quoted(output())
            : "node " + Printable.quoted(proto.getName());
    return "%s (%s)".formatted(name, Printable.of(operator()));
  }
}
