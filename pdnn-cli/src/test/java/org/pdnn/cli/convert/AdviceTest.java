package org.pdnn.cli.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pdnn.cli.convert.Advice.Kind.CONVERT;
import static org.pdnn.cli.convert.Advice.Kind.FINE_TUNE;
import static org.pdnn.cli.convert.Advice.Kind.LEAVE;
import static org.pdnn.cli.convert.Advice.Kind.NO_ANSWER;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Work;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Correctness;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// 500 images of ten classes. The original is right on 480 for the energy of 500 additions; one bit
/// misses the required accuracy, 477.5.
class AdviceTest {
  private static final int IMAGES = 500;
  private static final Trial ORIGINAL = bits(32, 500, 480);
  private static final Trial ONE_BIT = bits(1, 90, 400);

  @Command
  private static final class Options {
    @Mixin private final FineTuneOptions training = new FineTuneOptions();
    @Mixin private final ImageOptions images = new ImageOptions();
  }

  /// So many additions in each of two layers.
  private record Additions(double first, double second) implements Workload {
    @Override
    public String name() {
      return "additions";
    }

    @Override
    public List<LayerWork> work(Convention convention) {
      return Stream.of(first, second)
          .map(count ->
              LayerWork.of(
                  0, "layer", new LayerSize(1, 1, 1), Work.of(Operation.ADD, count), Work.NONE))
          .toList();
    }

    @Override
    public Workload twin() {
      return this;
    }

    @Override
    public Workload withHidden(Neuron neuron) {
      return this;
    }
  }

  private static Trial trial(Neuron neuron, int samples, Workload workload, int right) {
    BitSet first = new BitSet();
    first.set(0, right);
    Correctness correctness = new Correctness(IMAGES, List.of(first));
    Setting setting =
        new Setting(
            neuron.random() ? "p.safetensors" : "net.onnx",
            neuron,
            samples,
            neuron.random() ? Optional.of(Scheme.SCRAMBLED) : Optional.empty(),
            Precision.DEFAULT,
            LastHidden.BITS,
            Outputs.LOGITS);
    return new Trial(setting, workload, correctness.accuracy(), List.of(correctness));
  }

  private static Trial bits(int bits, double additions, int right) {
    return trial(
        Neuron.parse("tanh" + (bits == 32 ? "" : ":" + bits + "bit")),
        1,
        new Additions(0, additions),
        right);
  }

  private static Trial samples(int samples, double additions, int right) {
    return trial(Neuron.parse("pbit:tanh"), samples, new Additions(0, additions), right);
  }

  private static Advice advice(Trial... more) {
    List<Trial> all = Stream.concat(Stream.of(ORIGINAL, ONE_BIT), Stream.of(more)).toList();
    return Advice.of(
        new Question(all, 0.1, Question.TOLERANCE),
        Pricing.strict(Technology.named("sram65")),
        ModelNames.of(all));
  }

  /// @param typed what came before, without `pdnn`
  private static String next(Advice advice, String... typed) {
    Options options = new Options();
    new CommandLine(options).parseArgs(typed);
    return new NextCommand(List.of(typed), "mnist", Optional.of(Path.of("p.safetensors")), "4")
        .after(advice, options.training, options.images, 10_000);
  }

  private static void assertAdvice(Advice.Kind kind, String sentence, String next, Advice advice) {
    assertEquals(kind, advice.kind());
    assertEquals(sentence, advice.sentence().orElse(""));
    assertEquals(next, next(advice, "--images", "500"));
  }

  @Test
  void cheaperSamplesAreUsed() {
    assertAdvice(
        CONVERT,
        "Advice: convert; use 4 scrambled samples of p.",
        "pdnn evaluate p.safetensors --data mnist --samples 4 --weights 4",
        advice(samples(4, 200, 480), samples(8, 300, 480), bits(3, 400, 480)));
  }

  @Test
  void cheapSamplesThatMissTheRequiredAccuracyAreTrained() {
    Advice missed = advice(samples(1, 200, 400), samples(4, 300, 470), bits(3, 250, 480));
    assertAdvice(
        FINE_TUNE,
        "Advice: fine-tune; 1 scrambled sample of p would be cheaper, but the most accurate, 4"
            + " scrambled samples of p, misses the required accuracy by 1.50 points.",
        "pdnn --images 500 --fine-tune 3",
        missed);
    assertEquals(
        "pdnn --images=500 --fine-tune 8", next(missed, "--images=500", "--fine-tune", "4"));
  }

  @Test
  void dearSamplesAreLeft() {
    assertAdvice(
        LEAVE,
        "Advice: leave; no number of samples takes 5 % less energy than net.onnx with 3-bit"
            + " activations.",
        "pdnn energy p.safetensors --samples 1",
        advice(samples(1, 145, 400), samples(4, 300, 470), bits(3, 150, 480)));
    assertAdvice(
        LEAVE,
        "Advice: leave; net.onnx with 3-bit activations takes less energy.",
        "pdnn --images 500 --fine-tune 3",
        advice(samples(1, 140, 400), samples(4, 300, 480), bits(3, 150, 480)));
  }

  @Test
  void evenSidesAreLeftOrMeasuredOnMoreImages() {
    String even =
        "Advice: leave; samples and bits are even, and net.onnx with 3-bit activations needs no"
            + " random numbers.";
    assertAdvice(
        LEAVE,
        even,
        "pdnn energy p.safetensors --samples 4",
        advice(samples(4, 200, 480), bits(3, 199, 480)));
    Advice open = advice(samples(4, 200, 478), bits(3, 300, 480));
    assertAdvice(LEAVE, even, "pdnn --images 5000", open);
    assertEquals("pdnn --images 10000", next(open, "--images", "3000"));
    assertEquals("pdnn --images 10000 --fine-tune 3", next(open, "--images", "10000"));
  }

  @Test
  void whereThereIsNoAnswerItsCauseIsLookedAt() {
    Neuron three = Neuron.parse("tanh:3bit");
    Neuron pbit = Neuron.parse("pbit:tanh");
    assertAdvice(
        NO_ANSWER,
        "",
        "pdnn energy p.safetensors --samples 4 --layers",
        advice(
            trial(pbit, 4, new Additions(95, 5), 480), trial(three, 1, new Additions(95, 3), 480)));
    assertAdvice(NO_ANSWER, "", "pdnn --images 500 --explain", advice());
    List<Trial> chance = List.of(bits(32, 500, 60), bits(1, 90, 50), samples(1, 10, 55));
    Advice none =
        Advice.of(
            new Question(chance, 0.1, Question.TOLERANCE),
            Pricing.strict(Technology.named("sram65")),
            ModelNames.of(chance));
    assertEquals("pdnn predict p.safetensors --data mnist --index 0", next(none));
  }
}
