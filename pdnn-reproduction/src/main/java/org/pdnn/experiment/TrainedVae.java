package org.pdnn.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.Images;
import org.pdnn.files.Sha256;
import org.pdnn.generation.PrincipalLatents;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Vae;
import org.pdnn.network.VaeFile;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.sweep.Kind;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.VaeResult;
import org.pdnn.training.VaeTrainer;

/// A variational auto-encoder trained on the images of a set. Its folder holds `model.safetensors`,
/// the decoder's model file with the other networks' tensors beside it; a training that was
/// interrupted goes on from its checkpoint.
///
/// @param images what is learnt from
/// @param test held-out images, at least one, for the loss once it is trained
/// @param hidden the decoder's hidden neurons
/// @param last the decoder's last neurons
/// @param twin a trained auto-encoder of the same layers whose weights this one starts from; Glorot
///   normal weights if empty
/// @param turned whether the latent variables are turned to their principal axes once it is trained
public record TrainedVae(
    VaeFamily family,
    Images images,
    Images test,
    Neuron hidden,
    Neuron last,
    Hyperparameters hyperparameters,
    Optional<TrainedVae> twin,
    boolean turned)
    implements Cell<TrainedVae.Result> {
  public static final Kind<TrainedVae.Result> KIND =
      new Kind<>("auto-encoder", TrainedVae.Result.class);

  /// A trained auto-encoder and its losses.
  ///
  /// @param testReconstruction binary cross-entropy of held-out images, in nats
  /// @param testDivergence of their latent variables, in nats
  public record Result(
      String modelSha256,
      long decoderParameters,
      double testReconstruction,
      double testDivergence) {}

  @Override
  public String title() {
    return "training an auto-encoder of %s and %s, s = %s, seed %s"
        .formatted(hidden, last, hyperparameters.samples(), hyperparameters.seed());
  }

  @Override
  public Kind<TrainedVae.Result> kind() {
    return KIND;
  }

  @Override
  public ObjectNode recipe() {
    ObjectNode json =
        Recipe.of(KIND, images, hyperparameters)
            .put("family", family.toString())
            .put("testImages", test.count())
            .put("testSha256", test.sha256())
            .put("hidden", hidden.toString())
            .put("last", last.toString())
            .put("latents", turned ? "turned" : "as trained");
    family.fanIn(hyperparameters.seed()).ifPresent(limit -> json.put("fanIn", limit.most()));
    family.rounding().ifPresent(format -> json.put("weights", format.toString()));
    json.set(
        "first",
        twin.map(TrainedVae::recipe)
            .orElseGet(() ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("start", InitialWeights.GLOROT.toString())));
    return json;
  }

  /// Passes of multiply-accumulates, forward and backward, at the speed of one core.
  @Override
  public double work() {
    Vae vae = architecture();
    int passes = vae.decoder().random() ? hyperparameters.samples() : 1;
    double macs =
        Macs.of(vae.encoder())
            + Macs.of(vae.mean())
            + Macs.of(vae.logVariance())
            + passes * Macs.of(vae.decoder());
    return 3.0 * macs * hyperparameters.epochs() * images.count() / Macs.A_SECOND;
  }

  @Override
  public List<Cell<?>> needs() {
    return twin.<List<Cell<?>>>map(List::of).orElse(List.of());
  }

  /// The layers, with zero weights.
  Vae architecture() {
    return family.architecture(images.shape(), hidden, last);
  }

  @Override
  public TrainedVae.Result compute(Context context) throws IOException {
    VaeTrainer trainer =
        CellTraining.in(context, hyperparameters.epochs(), new VaeTrainer(hyperparameters));
    family.fanIn(hyperparameters.seed()).ifPresent(trainer::fanIn);
    Vae learnt = trainer.train(start(context), images);
    Vae trained = turned ? PrincipalLatents.of(learnt, images) : learnt;
    Network decoder =
        family.rounding().map(format -> format.apply(trained.decoder())).orElse(trained.decoder());
    Path file = CellTraining.model(context.folder());
    VaeFile.write(trained.withDecoder(decoder), CellTraining.notes(this), file);
    trainer.forget();
    VaeResult tested = trainer.test(learnt, test);
    return new Result(
        Sha256.of(file), decoder.parameters(), tested.reconstruction(), tested.divergence());
  }

  private Vae start(Context context) throws IOException {
    if (twin.isPresent()) {
      return architecture().withTensors(twin.get().vae(context).tensors());
    }
    long seed = hyperparameters.seed();
    Vae fresh = architecture().withInitial(InitialWeights.GLOROT, seed);
    return family
        .fanIn(seed)
        .map(limit -> fresh.withDecoder(limit.start(fresh.decoder())))
        .orElse(fresh);
  }

  /// The trained auto-encoder, for a cell that needs this one.
  Vae vae(Context context) throws IOException {
    return VaeFile.read(architecture(), CellTraining.model(context.folder(this)));
  }

  /// The trained decoder, for a cell that needs this one.
  Network decoder(Context context) throws IOException {
    return vae(context).decoder();
  }

  /// Hash of the trained model's file.
  String sha256(Context context) throws IOException {
    return context.result(this).modelSha256();
  }
}
