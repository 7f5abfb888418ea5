package org.pdnn.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.energy.Technology;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.sampling.Precision;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.SampledModel;
import org.pdnn.server.passes.StopCause;
import org.pdnn.tradeoff.Pricing;

/// Networks that answer at once, and inputs for them.
public final class SmallModels {
  public static final Shape INPUT = Shape.of(1, 4, 4);

  private SmallModels() {}

  /// 16 values, two layers of p-bits, three classes.
  public static Model model() {
    return model("pbit:sigmoid");
  }

  public static Model model(String neuron) {
    Network network =
        InitialWeights.GLOROT.of(
            Preset.network("mlp:16-24-8-3", INPUT, 3, Neuron.parse(neuron)), 1);
    return new Model(network, Map.of());
  }

  public static Served served(String name) {
    return new Served(name, 1, model(), Precision.DEFAULT);
  }

  public static SampledModel sampled(Model model, Precision precision) {
    return new SampledModel(
        "small", "1", model, precision, Pricing.strict(Technology.named("sram65")));
  }

  public static SampledModel sampled() {
    return sampled(model(), Precision.DEFAULT);
  }

  /// Values from 0 to 1.
  public static float[] input(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[INPUT.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = random.nextInt(256) / 255f);
    return values;
  }

  /// A request for one input, without binary data.
  public static String request(float[] input, String parameters) {
    return """
    {"id":"7","parameters":{%s},"inputs":[{"name":"input","shape":[1,1,4,4],\
    "datatype":"FP32","data":[%s]}]}\
    """
        .formatted(
            parameters,
            IntStream.range(0, input.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%s", input[i]))
                .collect(Collectors.joining(",")));
  }

  /// A question without a scheme, which none can ask, makes the worker fail that looks at it.
  @SuppressWarnings("NullAway") // the planted fault
  public static Question fault(SampledModel model) {
    return new Question(
        model,
        List.of(input(1)),
        null,
        8,
        StopCause.SAMPLES,
        1,
        Optional.empty(),
        OptionalLong.empty(),
        false);
  }
}
