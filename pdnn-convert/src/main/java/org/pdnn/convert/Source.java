package org.pdnn.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.FileKind;
import org.pdnn.network.InputForm;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Outline;
import org.pdnn.network.Safetensors;
import org.pdnn.network.TrainedOn;
import org.pdnn.onnx.reader.OnnxModel;
import org.pdnn.statedict.Match;
import org.pdnn.statedict.Matched;
import org.pdnn.statedict.Matching;
import org.pdnn.statedict.StateDict;

/// A network to convert, as it was read.
///
/// @param network deterministic, as a rule
/// @param matches which tensor of the file became which of the network; empty if the file itself
///   says what its network is
/// @param remarks what was done in reading, a sentence each
/// @param input how images become its input, as far as the file says
/// @param trainedOn the data that it learnt from, if the file says
public record Source(
    Network network,
    List<Match> matches,
    List<String> remarks,
    InputForm input,
    Optional<TrainedOn> trainedOn) {
  public Source {
    matches = List.copyOf(matches);
    remarks = List.copyOf(remarks);
  }

  private Source(Network network, List<Match> matches, List<String> remarks) {
    this(network, matches, remarks, InputForm.PIXELS, Optional.empty());
  }

  /// Reads a file that says what its network is: an ONNX model, or a model file of ours.
  ///
  /// @throws IOException in one sentence that names the file and what is wrong
  public static Source read(Path file) throws IOException {
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.ONNX) {
      OnnxModel model = OnnxModel.read(file);
      return new Source(model.network(), List.of(), model.remarks());
    }
    if (kind == FileKind.SAFETENSORS) {
      Safetensors contents = Safetensors.read(file);
      if (Model.described(contents)) {
        Model model = Model.of(file, contents);
        return new Source(model.network(), List.of(), List.of(), model.input(), model.trainedOn());
      }
    }
    // What is no state dictionary either is refused by this with the way to one.
    StateDict tensors = StateDict.read(file);
    throw new IOException(
        "%s holds %s tensors and no architecture; name one by --network, as in mlp:784-64-32-10 or vgg5 with its activation by --neuron, or a JSON file"
            .formatted(file, tensors.tensors().size()));
  }

  /// Reads a state dictionary of a known architecture.
  ///
  /// @param architecture whose weights are replaced
  public static Source read(Path file, Network architecture) throws IOException {
    StateDict tensors = StateDict.read(file);
    return of(tensors, Matching.of(tensors, architecture));
  }

  /// Reads a state dictionary and its architecture.
  ///
  /// @param architecture a JSON file in the notation of [Outline]
  public static Source read(Path file, Path architecture) throws IOException {
    Outline outline = Outline.read(architecture);
    StateDict tensors = StateDict.read(file);
    return of(tensors, Matching.of(tensors, outline));
  }

  /// The network for classes of these names: one that tells two of them by a single output gets an
  /// output for each.
  public Source forClasses(List<String> classes) {
    Optional<Network> both = classes.size() == 2 ? TwoClasses.of(network) : Optional.empty();
    if (both.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(remarks);
    all.add(TwoClasses.remark(classes.getLast()));
    return new Source(both.get(), matches, all, input, trainedOn);
  }

  /// The network with the hidden activation, of those that networks usually have, with which it is
  /// right on most inputs of a calibration: weights alone do not say what they were trained with.
  public Source withLikelyActivation(Calibration calibration) {
    List<LikelyActivation> tried = LikelyActivation.of(network, calibration);
    List<String> all = new ArrayList<>(remarks);
    all.add(LikelyActivation.remark(tried, calibration.inputs().count()));
    return new Source(tried.getFirst().network(), matches, all, input, trainedOn);
  }

  private static Source of(StateDict tensors, Matched matched) {
    List<String> remarks = new ArrayList<>(tensors.remarks());
    matched.remarks().stream().filter(remark -> !remarks.contains(remark)).forEach(remarks::add);
    return new Source(matched.network(), matched.matches(), remarks);
  }
}
