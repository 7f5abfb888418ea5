package org.pdnn.training.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.network.Shape;
import org.pdnn.training.WeightForm;

/// A network's tensors in libtorch: every trained one is a view into one flat tensor, and its
/// gradient a view into another, so that the optimiser and the checkpoint see two arrays instead of
/// dozens. Running statistics lie apart.
final class Parameters implements Weights, AutoCloseable {
  final Tensor weights;
  final Tensor gradients;
  private final Tensor statistics;
  private final WeightForm form;
  private final Map<String, Tensor> views = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private final Held held = new Held();

  Parameters(Network network, Device device, WeightForm form) {
    this.form = form;
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      float[] trained = flat(network, false);
      float[] running = flat(network, true);
      weights = held.keep(tensor(trained, device));
      gradients = held.keep(torch.zeros_like(weights));
      statistics = held.keep(tensor(running, device));
      long trainedAt = 0;
      long runningAt = 0;
      for (Map.Entry<String, org.pdnn.network.Tensor> entry : network.tensors().entrySet()) {
        String name = entry.getKey();
        Shape shape = entry.getValue().shape();
        long[] dimensions = Inputs.dimensions(shape);
        shapes.put(name, shape);
        if (running(name)) {
          views.put(
              name, held.keep(statistics.narrow(0, runningAt, shape.size()).view(dimensions)));
          runningAt += shape.size();
        } else {
          Tensor view = weights.narrow(0, trainedAt, shape.size()).view(dimensions).detach();
          view.set_requires_grad(true);
          view.mutable_grad().put(gradients.narrow(0, trainedAt, shape.size()).view(dimensions));
          views.put(name, held.keep(view));
          trainedAt += shape.size();
        }
      }
    }
  }

  @Override
  public Tensor get(String name) {
    return Weights.among(views, name);
  }

  /// The weights that a step multiplies.
  Weights inAStep() {
    return switch (form) {
      case REAL -> this;
      case BINARY -> new BinaryWeights(this);
    };
  }

  /// Clips the real weights under binary ones to [-1, 1].
  void clip() {
    if (form == WeightForm.REAL) {
      return;
    }
    try (var _ = new AutoGradMode(false)) {
      var low = new ScalarOptional(new Scalar(-1));
      var high = new ScalarOptional(new Scalar(1));
      views.forEach((name, view) -> {
        if (name.endsWith(".weight") && view.dim() > 1) {
          view.clamp_(low, high);
        }
      });
    }
  }

  /// The values in plain arrays, for a network.
  Map<String, org.pdnn.network.Tensor> copy() {
    float[] trained = array(weights);
    float[] running = array(statistics);
    Map<String, org.pdnn.network.Tensor> copies = new LinkedHashMap<>();
    int trainedAt = 0;
    int runningAt = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      int size = entry.getValue().size();
      float[] values = new float[size];
      if (running(entry.getKey())) {
        System.arraycopy(running, runningAt, values, 0, size);
        runningAt += size;
      } else {
        System.arraycopy(trained, trainedAt, values, 0, size);
        trainedAt += size;
      }
      copies.put(entry.getKey(), new org.pdnn.network.Tensor(entry.getValue(), values));
    }
    return copies;
  }

  static Tensor tensor(float[] values, Device device) {
    if (values.length == 0) {
      return torch.zeros(0);
    }
    Tensor view = torch.from_blob(new FloatPointer(values), values.length);
    return view.clone().to(device, ScalarType.Float);
  }

  static float[] array(Tensor tensor) {
    try (var _ = new PointerScope()) {
      float[] values = new float[Math.toIntExact(tensor.numel())];
      if (values.length > 0) {
        tensor.to(new Device("cpu"), ScalarType.Float).data_ptr_float().get(values);
      }
      return values;
    }
  }

  private static float[] flat(Network network, boolean running) {
    var chosen =
        network.tensors().entrySet().stream()
            .filter(entry -> running(entry.getKey()) == running)
            .map(Map.Entry::getValue)
            .toList();
    float[] flat = new float[chosen.stream().mapToInt(org.pdnn.network.Tensor::size).sum()];
    int at = 0;
    for (org.pdnn.network.Tensor tensor : chosen) {
      System.arraycopy(tensor.toArray(), 0, flat, at, tensor.size());
      at += tensor.size();
    }
    return flat;
  }

  private static boolean running(String name) {
    return name.contains("running_");
  }

  /// Frees the tensors; a second time does nothing.
  @Override
  public void close() {
    held.close();
  }
}
