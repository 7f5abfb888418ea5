package org.pdnn.energy.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LayerSize;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.NeuronType;
import org.pdnn.energy.UnitWork;
import org.pdnn.energy.Work;
import org.pdnn.energy.language.Storage.Part;
import org.pdnn.network.Neuron;

/// The layers of a language model by kind, those of all blocks together.
final class LanguageLayers {
  private final LanguageModel model;
  private final long width;
  private final Span span;
  private final double tokens;
  private final int batch;
  private final Optional<Neuron> hidden;
  private final Convention convention;
  private final LanguageUnits units;
  private final UnitWork unit;
  private final UnitWork unquantised;
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  /// What is done in all passes together and in each.
  private record Layer(LayerSize size, Work once, Work perSample, Work words) {
    Layer plus(Layer other) {
      return new Layer(
          size.plus(other.size),
          once.plus(other.once),
          perSample.plus(other.perSample),
          words.plus(other.words));
    }
  }

  LanguageLayers(LanguageWork work, Convention convention) {
    this.model = work.model();
    this.width = model.width();
    this.span = work.span();
    this.tokens = span.tokens();
    this.batch = work.batch();
    this.hidden = work.hidden();
    this.convention = convention;
    this.units = new LanguageUnits(work, convention);
    this.unit = units.unit;
    this.unquantised = units.unquantised;
    embedding();
    for (int i = 0; i < model.blocks().size(); i++) {
      BlockLayers block = new BlockLayers(model.blocks().get(i), i == 0);
      block.norms();
      block.attention();
      block.feedForward();
    }
    head();
  }

  List<LayerWork> list() {
    List<LayerWork> all = new ArrayList<>();
    layers.forEach((name, layer) ->
        all.add(
            LayerWork.of(
                all.size(),
                name,
                layer.size,
                layer.once,
                layer.perSample,
                layer.words,
                convention.scheme())));
    return all;
  }

  /// A token is a row of each table; the rest of them is not read.
  private void embedding() {
    Embedding table = model.embedding();
    int rows = table.positions() > 0 ? 2 : 1;
    double values = tokens * (table.size() + (rows - 1) * width);
    Work work = unquantised.weights(values).plus(unit.sums((rows - 1) * tokens * width));
    double stored = table.table() + (double) table.positions() * width;
    once("embedding", new LayerSize(0, stored, 0), work.plus(units.outputs(tokens * width)));
    double projection = table.projection(width);
    if (projection > 0) {
      Work matrix =
          units.read(unquantised, projection).plus(units.matrix(unquantised, tokens * projection));
      once("projection in", new LayerSize(tokens * projection, projection, 0), matrix);
    }
  }

  /// A prompt needs the outputs of its last token only.
  private void head() {
    if (model.lastNorm()) {
      LayerSize size = units.norm(width);
      last(
          "norms",
          size,
          units.read(unquantised, size.weights()),
          model.norm().work(unit, tokens * width));
    }
    Embedding table = model.embedding();
    double reads = span.reads();
    double projection = table.projection(width);
    if (projection > 0) {
      last(
          "projection out",
          new LayerSize(reads * projection, projection, 0),
          units.read(unquantised, projection),
          units.matrix(unquantised, reads * projection));
    }
    UnitWork stored = units.stored(Part.HEAD);
    double outputs = reads * table.vocabulary();
    last(
        "head",
        new LayerSize(outputs * table.size(), model.tied() ? 0 : table.table(), outputs),
        units.read(stored, (double) table.table()),
        units
            .matrix(stored, outputs * table.size())
            .plus(units.outputs(outputs))
            .plus(NeuronType.SOFTMAX.work(unit, outputs)));
  }

  /// The layers of a run of like blocks.
  private final class BlockLayers {
    private final int count;
    private final boolean first;
    private final Attention attention;
    private final FeedForward feedForward;
    private final Norms norms;
    private final long window;

    BlockLayers(Block.Run run, boolean first) {
      this.count = run.count();
      this.first = first;
      this.attention = run.block().attention();
      this.feedForward = run.block().feedForward();
      this.norms = run.block().norms();
      this.window = run.block().window();
    }

    void norms() {
      before("norms", units.norm(norms.before()), model.norm().work(unit, tokens * norms.before()));
      if (norms.after() > 0) {
        after("norms", units.norm(norms.after()), model.norm().work(unit, tokens * norms.after()));
      }
    }

    void attention() {
      UnitWork stored = units.stored(Part.ATTENTION);
      double matrices = attention.matrices(width);
      double others = attention.others(width);
      Work matrix = units.matrix(stored, tokens * matrices);
      before(
          "attention matrices",
          new LayerSize(tokens * matrices, matrices + others, 0),
          units.read(stored, matrices).plus(units.read(unquantised, others)),
          matrix.plus(units.outputs(tokens * attention.outputs(width))));
      if (attention.normalised() > 0) {
        before(
            "query and key norms",
            LayerSize.NONE,
            model.norm().work(unit, tokens * attention.normalised()));
      }
      if (attention.rotated() > 0) {
        before(
            "rotary embedding",
            LayerSize.NONE,
            NeuronType.ROTARY.work(unit, tokens * attention.rotated()));
      }
      double cached = attention.cached() * (tokens + span.cached(window));
      before("keys and values", LayerSize.NONE, unit.cache(cached));
      double pairs = span.pairs(window);
      double macs = attention.pair(span.together()) * pairs;
      Work product = unit.products(1).plus(unit.sums(1)).plus(unit.activation(UnitWork.REAL));
      before(
          "attention scores",
          new LayerSize(macs, 0, 0),
          product.times(macs).plus(units.outputs(tokens * attention.mixed(span.together()))));
      before("softmax", LayerSize.NONE, NeuronType.SOFTMAX.work(unit, attention.heads() * pairs));
    }

    void feedForward() {
      switch (feedForward) {
        case Mlp mlp -> mlp("MLP", mlp, 1, 1, 1);
        case Experts experts -> {
          double stored = experts.routes(width) + experts.routerBiases();
          before(
              "router",
              new LayerSize(tokens * experts.routes(width), stored, 0),
              units.read(unquantised, stored),
              units
                  .matrix(unquantised, tokens * experts.routes(width))
                  .plus(units.outputs(tokens * experts.count()))
                  .plus(NeuronType.SOFTMAX.work(unit, tokens * experts.count())));
          double together = (double) batch * (span.together() ? tokens : 1);
          mlp("expert", experts.expert(), experts.count(), experts.chosen(), experts.met(together));
          experts.shared().ifPresent(shared -> mlp("shared expert", shared, 1, 1, 1));
        }
      }
      before("residual sums", LayerSize.NONE, NeuronType.RESIDUAL.work(unit, tokens * width));
      after("residual sums", LayerSize.NONE, NeuronType.RESIDUAL.work(unit, tokens * width));
    }

    /// @param there how many there are
    /// @param met how many a token meets
    /// @param read how many are read for the tokens that go together
    private void mlp(String name, Mlp mlp, int there, int met, double read) {
      UnitWork stored = units.stored(Part.MLP);
      double values = tokens * met * mlp.hidden();
      double in = values * mlp.inputs() * width;
      before(
          name + " matrices in",
          new LayerSize(in, there * (double) mlp.in(width), 0),
          units.read(stored, read * mlp.in(width)),
          units.matrix(stored, in).plus(units.outputs(values * mlp.inputs())));
      if (mlp.gated()) {
        before(name + " gates", LayerSize.NONE, NeuronType.GATE.work(unit, values));
      }
      neurons(name + " neurons", mlp, values);
      double out = values * width;
      after(
          name + " matrix out",
          new LayerSize(out, there * (double) mlp.out(width), 0),
          units.read(stored, read * mlp.out(width)),
          units.hidden(stored).times(out).plus(units.outputs(tokens * met * width)));
    }

    private void neurons(String name, Mlp mlp, double values) {
      LayerSize size = new LayerSize(0, 0, values);
      if (hidden.isPresent()) {
        Neuron neuron = hidden.get();
        Work one = unit.neuron(neuron).plus(unit.activation(neuron.bits()));
        Work words = unit.word(neuron).times(values * count);
        add(name, part(size.times(count), Work.NONE, one.times(values * count), words));
      } else {
        after(name, size, Work.NONE, mlp.activation().work(unit, values));
      }
    }

    private void before(String name, LayerSize size, Work work) {
      before(name, size, units.read(unquantised, size.weights()), work);
    }

    /// The first block's part before its hidden neurons is the same in every pass.
    private void before(String name, LayerSize size, Work read, Work work) {
      Work once = read.times(count).plus(work.times(first ? 1 : 0));
      add(name, part(size.times(count), once, work.times(first ? count - 1 : count), Work.NONE));
    }

    private void after(String name, LayerSize size, Work work) {
      after(name, size, units.read(unquantised, size.weights()), work);
    }

    private void after(String name, LayerSize size, Work read, Work work) {
      add(name, part(size.times(count), read.times(count), work.times(count), Work.NONE));
    }
  }

  private void once(String name, LayerSize size, Work work) {
    add(name, part(size, work, Work.NONE, Work.NONE));
  }

  private void last(String name, LayerSize size, Work read, Work work) {
    add(name, part(size, read, work, Work.NONE));
  }

  /// Without random neurons there is one pass.
  private Layer part(LayerSize size, Work once, Work perPass, Work words) {
    boolean random = hidden.isPresent() && hidden.get().random();
    return random
        ? new Layer(size, once, perPass, words)
        : new Layer(size, once.plus(perPass), Work.NONE, Work.NONE);
  }

  private void add(String name, Layer layer) {
    layers.merge(name, layer, Layer::plus);
  }
}
