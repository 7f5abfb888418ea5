package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Outline;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.statedict.SavedLayer.Entry;
import org.pdnn.statedict.SavedLayer.Form;

/// Convolutions that a file keeps as a sequence of one and its batch norm, as torchvision does with
/// `downsample.0` and `downsample.1`, where the architecture has a convolution `downsample` alone:
/// the norm is folded into the weights.
final class FoldedNorms {
  private FoldedNorms() {}

  /// @param saved the layers of a file
  /// @param remarks to which a sentence on what was folded is added
  static SavedLayers of(SavedLayers saved, Outline outline, List<String> remarks) {
    Map<String, SavedLayer> byName = saved.byName();
    List<SavedLayer> list = new ArrayList<>(saved.list());
    List<String> folded = new ArrayList<>();
    for (Outline.Part part : outline.parts()) {
      String name = part.name().map(TensorName::module).orElse("");
      SavedLayer first = byName.get(name + ".0");
      SavedLayer second = byName.get(name + ".1");
      if (part.layer() instanceof Convolution convolution
          && !byName.containsKey(name)
          && first != null
          && second != null
          && first.form() == Form.KERNEL
          && second.entry(Role.MEAN).isPresent()) {
        list.set(list.indexOf(first), folded(name, convolution, first, second));
        list.remove(second);
        folded.add(name);
      }
    }
    if (!folded.isEmpty()) {
      remarks.add(
          "batch norms folded into the convolutions before them: " + StateDict.listed(folded));
    }
    return new SavedLayers(list, saved.sorted(), saved.layout(), saved.training());
  }

  private static SavedLayer folded(
      String name, Convolution form, SavedLayer convolution, SavedLayer norm) {
    Tensor weight = Layout.OUTPUTS_FIRST.ours(tensor(convolution, Role.WEIGHT, 1, 0));
    int outputs = weight.shape().dimension(0);
    BatchNorm batchNorm =
        new BatchNorm(
            tensor(norm, Role.WEIGHT, outputs, 1),
            tensor(norm, Role.BIAS, outputs, 0),
            tensor(norm, Role.MEAN, outputs, 0),
            tensor(norm, Role.VARIANCE, outputs, 1),
            BatchNorm.EPSILON);
    Convolution plain = form.by(weight, tensor(convolution, Role.BIAS, outputs, 0));
    Convolution folded =
        (Convolution) AffineOutputs.of(plain, batchNorm.scales(), batchNorm.shifts());
    Map<Role, Entry> entries = new EnumMap<>(Role.class);
    entries.put(Role.WEIGHT, new Entry(convolution.label(), folded.weight()));
    entries.put(Role.BIAS, new Entry(norm.label(), folded.bias()));
    return SavedLayer.of(name, entries);
  }

  private static Tensor tensor(SavedLayer saved, Role role, int size, float otherwise) {
    return saved
        .entry(role)
        .map(Entry::tensor)
        .orElseGet(() -> Tensor.filled(Shape.of(size), otherwise));
  }
}
