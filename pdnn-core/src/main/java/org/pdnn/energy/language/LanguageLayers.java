package org.pdnn.energy.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.Operation;
import org.pdnn.energy.UnitWork;
import org.pdnn.energy.Work;
import org.pdnn.network.Neuron;

/// The layers of a language model by kind, those of all blocks together.
final class LanguageLayers {
  private final LanguageModel model;
  private final LanguageModel.Attention attention;
  private final Span span;
  private final int batch;
  private final Optional<Neuron> hidden;
  private final Convention convention;
  private final UnitWork unit;
  private final List<LayerWork> layers = new ArrayList<>();

  LanguageLayers(LanguageWork work, Convention convention) {
    this.model = work.model();
    this.attention = model.attention();
    this.span = work.span();
    this.batch = work.batch();
    this.hidden = work.hidden();
    this.convention = convention;
    this.unit = new UnitWork(convention);
    embedding();
    norms();
    attention();
    feedForward();
    head();
  }

  List<LayerWork> list() {
    return List.copyOf(layers);
  }

  /// A token is a row of the embedding; the rest of the table is not read.
  private void embedding() {
    double values = (double) span.tokens() * model.width();
    int rows = model.learnedPositions() ? 2 : 1;
    Work work = unit.weights(rows * values).plus(unit.sums((rows - 1) * values));
    add("embedding", 0, work.plus(outputs(values)), 1);
  }

  private void norms() {
    double blocks = 2.0 * model.blocks();
    double values = (blocks + 1) * span.tokens() * model.width();
    add(
        "norms",
        (blocks + 1) * model.normParameters(),
        model.norm().work(unit, values),
        2 / (blocks + 1));
  }

  private void attention() {
    double heads = attention.queries();
    double keys = attention.keysAndValues() / 2.0;
    double tokens = (double) span.tokens() * model.blocks();
    double width = model.width();
    double share = 1.0 / model.blocks();
    add(
        "attention matrices",
        (double) model.blocks() * attention.parameters(model.width()),
        matrix(tokens * width * 2 * (heads + keys))
            .plus(outputs(tokens * (heads + 2 * keys + width))),
        share);
    if (attention.normalised()) {
      add("query and key norms", 0, model.norm().work(unit, tokens * (heads + keys)), share);
    }
    if (!model.learnedPositions()) {
      add("rotary embedding", 0, NeuronType.ROTARY.work(unit, tokens * (heads + keys)), share);
    }
    double stored = 2 * keys * tokens;
    double read = 2 * keys * inAllBlocks(span::cached);
    add("keys and values", 0, unit.cache(stored + read), firstBlocks(span::cached));
    double pairs = inAllBlocks(span::pairs);
    Work product = unit.products(1).plus(unit.sums(1)).plus(unit.activation(UnitWork.REAL));
    add(
        "attention scores",
        0,
        product.times(2 * heads * pairs).plus(outputs(tokens * heads)),
        firstBlocks(span::pairs));
    add(
        "softmax",
        0,
        NeuronType.SOFTMAX.work(unit, attention.heads() * pairs),
        firstBlocks(span::pairs));
  }

  private void feedForward() {
    LanguageModel.FeedForward mlp = model.feedForward();
    double tokens = (double) span.tokens() * model.blocks();
    double values = tokens * mlp.hidden();
    double share = 1.0 / model.blocks();
    double matrix = (double) model.width() * mlp.hidden();
    add(
        "MLP matrices in",
        model.blocks() * (double) mlp.parameters(model.width()) - model.blocks() * matrix,
        matrix(tokens * matrix * mlp.inputs()).plus(outputs(values * mlp.inputs())),
        share);
    if (mlp.gated()) {
      add("MLP gates", 0, NeuronType.GATE.work(unit, values), share);
    }
    Work synapse;
    if (hidden.isPresent()) {
      Neuron neuron = hidden.get();
      Work one = unit.neuron(neuron).plus(unit.activation(neuron.bits()));
      add("MLP neurons", 0, one.times(values), unit.word(neuron).times(values), 0);
      double rate = convention.additions().rate(0);
      synapse = unit.synapse(neuron.bits(), rate).plus(unit.activation(neuron.bits()));
    } else {
      add("MLP neurons", 0, mlp.activation().work(unit, values), 0);
      synapse = unit.synapse(UnitWork.REAL, 1).plus(unit.activation(UnitWork.REAL));
    }
    add(
        "MLP matrix out",
        model.blocks() * matrix,
        synapse.times(tokens * matrix).plus(outputs(tokens * model.width())),
        0);
    add("residual sums", 0, NeuronType.RESIDUAL.work(unit, 2 * tokens * model.width()), share / 2);
  }

  /// A prompt needs the outputs of its last token only.
  private void head() {
    double outputs = (double) span.reads() * model.vocabulary();
    Work work = matrix(outputs * model.width()).plus(outputs(outputs));
    add("head", (double) model.head(), work.plus(NeuronType.SOFTMAX.work(unit, outputs)), 0);
  }

  /// Multiply-accumulates of weights with real numbers, each of which reads one.
  private Work matrix(double macs) {
    return unit.synapse(UnitWork.REAL, 1).plus(unit.activation(UnitWork.REAL)).times(macs);
  }

  /// What matrices write, each value an elementary operation.
  private Work outputs(double count) {
    return unit.activation(UnitWork.REAL).plus(Work.of(Operation.OVERHEAD, 1)).times(count);
  }

  /// A count that depends on how far back a head looks, over all blocks.
  private double inAllBlocks(LongToDoubleFunction count) {
    int windowed = attention.windowedBlocks();
    return (model.blocks() - windowed) * count.applyAsDouble(Long.MAX_VALUE)
        + windowed * count.applyAsDouble(attention.window());
  }

  /// The first block's share of it. Windows begin in the last blocks.
  private double firstBlocks(LongToDoubleFunction count) {
    boolean windowed = attention.windowedBlocks() == model.blocks();
    return count.applyAsDouble(windowed ? attention.window() : Long.MAX_VALUE) / inAllBlocks(count);
  }

  private void add(String name, double weights, Work work, double share) {
    add(name, weights, work, Work.NONE, share);
  }

  /// @param weights read once for the tokens that go together, in all sequences of a batch
  /// @param share of the work that lies before the first random neurons and is done once
  private void add(String name, double weights, Work work, Work words, double share) {
    Work read = unit.weights(weights * span.reads() / batch);
    boolean random = hidden.isPresent() && hidden.get().random();
    layers.add(
        LayerWork.of(
            layers.size(),
            name,
            read.plus(work.times(random ? share : 1)),
            work.times(random ? 1 - share : 0),
            words,
            convention.scheme()));
  }
}
