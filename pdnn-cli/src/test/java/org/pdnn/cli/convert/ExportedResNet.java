package org.pdnn.cli.convert;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.pdnn.network.Add;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.InputForm;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;

/// A residual network as the exporters of PyTorch and Keras write it: their operators, attributes
/// and names.
final class ExportedResNet {
  /// Who wrote the file, and how.
  enum Exporter {
    /// `torch.onnx.export` in evaluation mode: batch norms are in the convolutions.
    PYTORCH(17),
    /// `torch.onnx.export` with `do_constant_folding=False, training=PRESERVE`, of a module that
    /// ends with `x.view(x.size(0), -1)`.
    PYTORCH_UNFOLDED(13),
    /// tf2onnx, which puts batch norms into convolutions and channels first.
    KERAS(13),
    /// tf2onnx on a model whose normalisation is a layer, with batch norms and channels last before
    /// the mean.
    KERAS_UNFOLDED(17);

    private final int opset;

    Exporter(int opset) {
      this.opset = opset;
    }

    boolean keras() {
      return this == KERAS || this == KERAS_UNFOLDED;
    }

    boolean folds() {
      return this == PYTORCH || this == KERAS;
    }
  }

  private final Exporter exporter;
  private final Network network;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  /// The names of what layers give, after that of the input.
  private final List<String> values = new ArrayList<>();

  private ExportedResNet(Exporter exporter, Network network) {
    this.exporter = exporter;
    this.network = exporter.folds() ? FoldBatchNorm.apply(network) : network;
  }

  /// The bytes of the file.
  ///
  /// @param form whose normalisation a Keras model has as its first layer
  static byte[] of(Exporter exporter, Network network, InputForm form) {
    ExportedResNet made = new ExportedResNet(exporter, network);
    made.write(form);
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName(exporter.keras() ? "tf2onnx" : "pytorch")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(exporter.opset))
        .setGraph(made.graph)
        .build()
        .toByteArray();
  }

  private void write(InputForm form) {
    graph.setName(exporter.keras() ? "tf2onnx" : "main_graph");
    if (exporter.keras()) {
      graph.addInput(value("input_1", "unk__10", 32, 32, 3));
      graph.addOutput(value("dense", "unk__11", network.output().size()));
      values.add(normalised(form));
    } else {
      graph.addInput(value("input", "batch", 3, 32, 32));
      graph.addOutput(value("output", "batch", network.output().size()));
      values.add("input");
    }
    for (int i = 0; i < network.layers().size(); i++) {
      values.add(written(i));
    }
  }

  /// What Keras' `Normalization` becomes, and tf2onnx's first transposition.
  private String normalised(InputForm form) {
    String x = "input_1";
    if (form.normalises()) {
      floats("model/normalization/Sub/y:0", List.of(1L, 1L, 1L, 3L), array(form.mean()));
      floats("model/normalization/Sqrt:0", List.of(1L, 1L, 1L, 3L), array(form.std()));
      node("Sub", List.of(x, "model/normalization/Sub/y:0"), "model/normalization/sub:0");
      node(
          "Div",
          List.of("model/normalization/sub:0", "model/normalization/Sqrt:0"),
          "model/normalization/truediv:0");
      x = "model/normalization/truediv:0";
    }
    String first = "model/conv1/Conv2D__6:0";
    return node("Transpose", List.of(x), first, list("perm", 0, 3, 1, 2));
  }

  private String name(int layer, String operator) {
    boolean last = layer == network.layers().size() - 1;
    if (exporter.keras()) {
      return last ? "dense" : "model/%s/%s:0".formatted(network.name(layer), operator);
    }
    return last
        ? "output"
        : "/%s/%s_output_0".formatted(network.name(layer).replace('.', '/'), operator);
  }

  private String written(int layer) {
    List<String> read =
        network.reads(layer).stream().map(from -> values.get(from - Place.INPUT)).toList();
    return switch (network.layers().get(layer)) {
      case Convolution convolution -> convolution(layer, convolution, read.getFirst());
      case BatchNorm norm -> batchNorm(layer, norm, read.getFirst());
      case Neurons _ -> node("Relu", read, name(layer, "Relu"));
      case Add _ -> node("Add", read, name(layer, "Add"));
      case GlobalAveragePool _ -> mean(layer, read.getFirst());
      // Keras' mean gives vectors.
      case Flatten _ -> exporter.keras() ? read.getFirst() : flattened(layer, read.getFirst());
      case Dense dense -> dense(layer, dense, read.getFirst());
      default -> throw new IllegalStateException("no ResNet has " + network.layers().get(layer));
    };
  }

  private String convolution(int layer, Convolution convolution, String x) {
    String weight =
        exporter == Exporter.PYTORCH ? "onnx::Conv_" + (193 + layer) : weight(layer, "weight");
    String bias =
        exporter == Exporter.PYTORCH ? "onnx::Conv_" + (593 + layer) : weight(layer, "bias");
    tensor(weight, convolution.weight());
    tensor(bias, convolution.bias());
    Window window = convolution.window();
    return node(
        "Conv",
        List.of(x, weight, bias),
        name(layer, exporter.keras() ? "Conv2D" : "Conv"),
        list("dilations", 1, 1),
        integer("group", 1),
        list("kernel_shape", window.rows().kernel(), window.columns().kernel()),
        list(
            "pads",
            window.rows().before(),
            window.columns().before(),
            window.rows().after(),
            window.columns().after()),
        list("strides", window.rows().stride(), window.columns().stride()));
  }

  private String batchNorm(int layer, BatchNorm norm, String x) {
    List<String> read = new ArrayList<>(List.of(x));
    norm.tensors()
        .forEach((name, tensor) -> {
          String full = weight(layer, name);
          tensor(full, tensor);
          read.add(full);
        });
    return node(
        "BatchNormalization",
        read,
        name(layer, exporter.keras() ? "FusedBatchNormV3" : "BatchNormalization"),
        real("epsilon", (float) norm.epsilon()),
        real("momentum", 0.9f));
  }

  private String mean(int layer, String x) {
    return switch (exporter) {
      case PYTORCH -> node("GlobalAveragePool", List.of(x), name(layer, "GlobalAveragePool"));
      case PYTORCH_UNFOLDED ->
          node(
              "ReduceMean",
              List.of(x),
              name(layer, "ReduceMean"),
              list("axes", -1, -2),
              integer("keepdims", 1));
      case KERAS -> {
        integers("const_axes", 2, 3);
        String pool = node("GlobalAveragePool", List.of(x), name(layer, "Mean__40"));
        yield node("Squeeze", List.of(pool, "const_axes"), name(layer, "Mean"));
      }
      case KERAS_UNFOLDED -> {
        String last =
            node("Transpose", List.of(x), name(layer, "Mean__60"), list("perm", 0, 2, 3, 1));
        yield node(
            "ReduceMean",
            List.of(last),
            name(layer, "Mean"),
            list("axes", 1, 2),
            integer("keepdims", 0));
      }
    };
  }

  private String flattened(int layer, String x) {
    if (exporter == Exporter.PYTORCH) {
      return node("Flatten", List.of(x), name(layer, "Flatten"), integer("axis", 1));
    }
    TensorProto.Builder zero = vector("", DataType.INT64, List.of()).addInt64Data(0);
    String index = node("Constant", List.of(), "/Constant_output_0", constant(zero));
    String extents = node("Shape", List.of(x), "/Shape_output_0");
    String batch = node("Gather", List.of(extents, index), "/Gather_output_0", integer("axis", 0));
    integers("onnx::Unsqueeze_60", 0);
    integers("onnx::Concat_62", -1);
    String axis = node("Unsqueeze", List.of(batch, "onnx::Unsqueeze_60"), "/Unsqueeze_output_0");
    String shape =
        node("Concat", List.of(axis, "onnx::Concat_62"), "/Concat_output_0", integer("axis", 0));
    return node("Reshape", List.of(x, shape), name(layer, "Reshape"));
  }

  private String dense(int layer, Dense dense, String x) {
    tensor(weight(layer, "bias"), dense.bias());
    if (!exporter.keras()) {
      tensor(weight(layer, "weight"), dense.weight());
      return node(
          "Gemm",
          List.of(x, weight(layer, "weight"), weight(layer, "bias")),
          name(layer, "Gemm"),
          real("alpha", 1),
          real("beta", 1),
          integer("transB", 1));
    }
    float[] turned = new float[dense.weight().size()];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = dense.weight().get(i % dense.outputs() * dense.inputs() + i / dense.outputs());
    }
    floats(weight(layer, "weight"), List.of((long) dense.inputs(), (long) dense.outputs()), turned);
    String product = node("MatMul", List.of(x, weight(layer, "weight")), "model/dense/MatMul:0");
    String sum = node("Add", List.of(product, weight(layer, "bias")), "model/dense/BiasAdd:0");
    return node("Softmax", List.of(sum), name(layer, "Softmax"), integer("axis", -1));
  }

  private String weight(int layer, String tensor) {
    return exporter.keras()
        ? "model/%s/%s/ReadVariableOp:0".formatted(network.name(layer), tensor)
        : network.name(layer) + "." + tensor;
  }

  private static float[] array(List<Float> numbers) {
    float[] values = new float[numbers.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = numbers.get(i));
    return values;
  }

  private void tensor(String name, Tensor tensor) {
    floats(
        name,
        tensor.shape().dimensions().stream().map(Integer::longValue).toList(),
        tensor.toArray());
  }

  private void floats(String name, List<Long> extents, float[] values) {
    TensorProto.Builder tensor = vector(name, DataType.FLOAT, extents);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
  }

  private void integers(String name, long... values) {
    TensorProto.Builder tensor = vector(name, DataType.INT64, List.of((long) values.length));
    LongStream.of(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
  }

  private static TensorProto.Builder vector(String name, DataType type, List<Long> extents) {
    return TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).addAllDims(extents);
  }

  private String node(
      String operator, List<String> read, String value, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(value.replaceAll("_output_0$|:0$", ""))
            .addAllInput(read)
            .addOutput(value)
            .addAllAttribute(List.of(attributes)));
    return value;
  }

  private static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  private static AttributeProto real(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  private static AttributeProto list(String name, long... values) {
    return attribute(name, AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  private static AttributeProto constant(TensorProto.Builder value) {
    return attribute("value", AttributeType.TENSOR).setT(value).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static ValueInfoProto value(String name, String batch, long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(batch);
    LongStream.of(extents).forEach(extent -> shape.addDimBuilder().setDimValue(extent));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
