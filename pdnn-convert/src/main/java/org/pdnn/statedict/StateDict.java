package org.pdnn.statedict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pdnn.names.Printable;
import org.pdnn.network.FileKind;
import org.pdnn.network.LeftAside;
import org.pdnn.network.Safetensors;
import org.pdnn.network.Tensor;

/// The tensors of a trained network as other software saves them: by name, without the layers
/// between them. PyTorch calls this a state dictionary.
///
/// ```
/// StateDict dict = StateDict.read(Path.of("mnist.safetensors"));
/// Network architecture =
///     Preset.network("mlp:784-64-10", Shape.of(1, 28, 28), 10, Neuron.parse("tanh"));
/// Matched matched = Matching.of(dict, architecture);
/// ```
///
/// @param file where it was read
/// @param tensors all real numbers, under their names, in the order of the file
/// @param unread tensors of other numbers, of a single one, or of none
/// @param remarks sentences on what was left aside
public record StateDict(
    Path file, Map<String, Tensor> tensors, List<LeftAside> unread, List<String> remarks) {
  public StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    unread = List.copyOf(unread);
    List<String> all = new ArrayList<>();
    all.addAll(
        leftAside(names(unread, found -> !found.real()), "hold no real numbers of 16 to 64 bits"));
    all.addAll(
        leftAside(
            names(unread, found -> found.real() && found.extents().isEmpty()),
            "are single numbers"));
    all.addAll(
        leftAside(
            names(unread, found -> found.real() && found.extents().contains(0)), "are empty"));
    all.addAll(remarks);
    remarks = List.copyOf(all);
  }

  private static List<String> names(List<LeftAside> unread, Predicate<LeftAside> which) {
    return unread.stream().filter(which).map(LeftAside::name).toList();
  }

  /// Reads a `.safetensors` or `.npz` file. Whatever else it is, a pickle among them, is refused
  /// with the way to one of these.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong; where a pickle is
  ///   refused, lines of Python that turn it into safetensors follow
  public static StateDict read(Path file) throws IOException {
    FileKind kind = FileKind.of(file);
    return switch (kind) {
      case SAFETENSORS -> safetensors(file);
      case NPZ -> Npz.read(file);
      case PICKLE, HDF5, ONNX, TENSORFLOW, NPY, POINTER, UNKNOWN -> throw kind.refusal(file);
    };
  }

  private static StateDict safetensors(Path file) throws IOException {
    Safetensors contents = Safetensors.read(file);
    return new StateDict(file, contents.tensors(), contents.leftAside(), List.of());
  }

  /// A remark on tensors that are not used, if there are any.
  ///
  /// @param why what they do, as in "hold no real numbers"
  static List<String> leftAside(List<String> names, String why) {
    List<String> remarks = new ArrayList<>();
    if (!names.isEmpty()) {
      remarks.add("left aside, as they %s: %s".formatted(why, listed(names)));
    }
    return remarks;
  }

  /// The first names of a list, and how many more there are.
  static String listed(List<String> names) {
    String first =
        names.stream()
            .limit(4)
            .map(name -> "'" + Printable.of(name) + "'")
            .collect(Collectors.joining(", "));
    return names.size() <= 4 ? first : first + " and %s more".formatted(names.size() - 4);
  }
}
