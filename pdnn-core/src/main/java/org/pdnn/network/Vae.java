package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.Map;

/// A variational auto-encoder, as four networks: an encoder, two heads on it that give mean and
/// log-variance of the latent variables, and a decoder from latent variables to images. D. P.
/// Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014.
///
/// Latent variables are N(0, 1) where images are made; only the decoder is needed there.
///
/// @param encoder image to features
/// @param mean features to the means of the latent variables
/// @param logVariance features to the logarithms of their variances
/// @param decoder latent variables to an image, ending in neurons between 0 and 1
public record Vae(Network encoder, Network mean, Network logVariance, Network decoder) {

  /// @throws IllegalArgumentException naming the two networks that do not fit
  public Vae {
    same("the mean reads", mean.input(), "the encoder gives", encoder.output());
    same("the log-variance reads", logVariance.input(), "the encoder gives", encoder.output());
    same("the log-variance gives", logVariance.output(), "the mean gives", mean.output());
    same("the decoder reads", decoder.input(), "the mean gives", mean.output());
    same("the decoder gives", decoder.output(), "the encoder reads", encoder.input());
    Activation last = lastNeuron(decoder).activation();
    if (last != Activation.SIGMOID && last != Activation.CLIP) {
      throw new IllegalArgumentException(
          "the decoder must end in sigmoid or clip, whose values are brightnesses, got " + last);
    }
  }

  private static void same(String what, Shape shape, String other, Shape expected) {
    if (!shape.equals(expected)) {
      throw new IllegalArgumentException(
          "%s %s, but %s %s".formatted(what, shape, other, expected));
    }
  }

  private static Neuron lastNeuron(Network decoder) {
    if (decoder.layers().getLast() instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalArgumentException(
        "the decoder must end in neurons, got " + decoder.layers().getLast());
  }

  /// Number of latent variables.
  public int latents() {
    return mean.output().size();
  }

  /// The four networks by name, in the order of the record.
  public Map<String, Network> networks() {
    Map<String, Network> networks = new LinkedHashMap<>();
    networks.put("encoder", encoder);
    networks.put("mean", mean);
    networks.put("logVariance", logVariance);
    networks.put("decoder", decoder);
    return networks;
  }

  /// All tensors: `encoder.0.weight` and so on.
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    networks()
        .forEach((part, network) ->
            network.tensors().forEach((name, tensor) -> all.put(part + "." + name, tensor)));
    return all;
  }

  /// The same auto-encoder with other weights.
  ///
  /// @param tensors at least those of [#tensors], in the same shapes
  public Vae withTensors(Map<String, Tensor> tensors) {
    Map<String, Network> changed = new LinkedHashMap<>();
    networks()
        .forEach((part, network) -> changed.put(part, network.withTensors(below(part, tensors))));
    return of(changed);
  }

  private static Map<String, Tensor> below(String part, Map<String, Tensor> tensors) {
    String prefix = part + ".";
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      if (name.startsWith(prefix)) {
        own.put(name.substring(prefix.length()), tensor);
      }
    });
    return own;
  }

  /// Four networks under the names of [#networks].
  private static Vae of(Map<String, Network> networks) {
    return new Vae(
        part(networks, "encoder"),
        part(networks, "mean"),
        part(networks, "logVariance"),
        part(networks, "decoder"));
  }

  private static Network part(Map<String, Network> networks, String name) {
    Network network = networks.get(name);
    if (network == null) {
      throw new IllegalArgumentException("there is no network '" + name + "'");
    }
    return network;
  }

  /// The same auto-encoder with another decoder.
  public Vae withDecoder(Network other) {
    return new Vae(encoder, mean, logVariance, other);
  }

  /// The tensors of the other three networks: what a file of the decoder holds beside its own.
  public Map<String, Tensor> besideDecoder() {
    Map<String, Tensor> others = new LinkedHashMap<>(tensors());
    others.keySet().removeIf(name -> name.startsWith("decoder."));
    return others;
  }

  /// The same auto-encoder with the weights of a decoder, and of the others.
  ///
  /// @param others at least those of [#besideDecoder], in the same shapes
  public Vae withDecoder(Network trained, Map<String, Tensor> others) {
    Map<String, Tensor> all = new LinkedHashMap<>(others);
    trained.tensors().forEach((name, tensor) -> all.put("decoder." + name, tensor));
    return withTensors(all);
  }

  /// Fresh weights for all four networks.
  ///
  /// @param seed of them all; each network draws its own
  public Vae withInitial(InitialWeights initial, long seed) {
    Map<String, Network> fresh = new LinkedHashMap<>();
    networks()
        .forEach((part, network) ->
            fresh.put(part, initial.of(network, seed ^ (long) part.hashCode() << 32)));
    return of(fresh);
  }

  /// The four architectures without their weights: what two runs must share.
  public String architecture() {
    StringBuilder text = new StringBuilder();
    networks()
        .forEach((part, network) ->
            text.append(part).append(' ').append(network.architecture()).append(' '));
    return text.toString().strip();
  }
}
