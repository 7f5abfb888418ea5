package org.pdnn.energy.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.LayerWork;
import org.pdnn.energy.Operation;
import org.pdnn.energy.Technology;
import org.pdnn.energy.WeightReads;
import org.pdnn.energy.Work;
import org.pdnn.network.Neuron;

/// Equation 4 for language models, by hand on [Configs#TINY]: 2 query values, one key and one value
/// a token. Weights: embedding 10, attention 12, MLP 18, norms 6, head 10.
class LanguageWorkTest {
  /// The second token of a context. Weights: 2 of the embedding, 12 + 18 + 6 + 10: 48.
  ///
  /// | | values | products | sums | look-ups | comparisons | activations |
  /// |---|---|---|---|---|---|---|
  /// | matrices | 40 MACs | 40 | 40 | | | 40 |
  /// | scores | 2 x 2 heads x 2 tokens | 8 | 8 | | | 8 |
  /// | 3 norms | 6 | 18 | 6 | | | 12 |
  /// | rotary | 3 | 6 | 3 | | | 6 |
  /// | softmax | 2 x 2, 5 | 9 | 18 | 9 | 9 | 18 |
  /// | gate, silu | 3, 3 | 6 | | 3 | | 12 |
  /// | residual | 4 | | 4 | | | 8 |
  /// | written | 2 + 6 + 2 + 6 + 2 + 5 | | | | | 23 |
  ///
  /// Cache: 2 written, 4 read.
  @Test
  void aGeneratedToken() throws IOException {
    Work work = work(Span.generation(1, 1), Optional.empty(), 1);
    assertEquals(48 * 32, work.count(Operation.WEIGHT_BIT));
    assertEquals(87, work.count(Operation.MULTIPLY));
    assertEquals(79, work.count(Operation.ADD));
    assertEquals(12, work.count(Operation.ACTIVATE));
    assertEquals(9, work.count(Operation.COMPARE));
    assertEquals(127 * 32, work.count(Operation.ACTIVATION_BIT));
    assertEquals(6 * 32, work.count(Operation.CACHE_BIT));
    assertEquals(23, work.count(Operation.OVERHEAD));
    assertEquals(0, work.count(Operation.DRAW));
  }

  /// Two tokens read 2 x 2 values of the embedding and the other 46 weights once; 4 values go into
  @Test
  void aPrompt() throws IOException {
    Work work = work(Span.prompt(2), Optional.empty(), 1);
    assertEquals(50 * 32, work.count(Operation.WEIGHT_BIT));
    assertEquals(8 * 32, work.count(Operation.CACHE_BIT));
    // Twice 30 of matrices, 18 of norms, 6, 6; scores 12; softmax 6 + 5; the head's 10.
    assertEquals(2 * 60 + 12 + 11 + 10, work.count(Operation.MULTIPLY));
  }

  /// Once: everything before the MLP's hidden neurons. Each sample: 3 functions, words, comparisons
  /// and bits; 6 / 2 sums that read 6 bits; a norm, a sum of the residual and the head.
  @Test
  void bitsInTheMlp() throws IOException {
    Optional<Neuron> pbit = Optional.of(Neuron.parse("pbit:sigmoid"));
    Work one = work(Span.generation(1, 1), pbit, 1);
    Work two = work(Span.generation(1, 1), pbit, 2);
    assertEquals(48 * 32, two.count(Operation.WEIGHT_BIT));
    assertEquals(3, one.count(Operation.DRAW));
    assertEquals(6, two.count(Operation.DRAW));
    // The head 10 and its softmax 5, the last norm 2 x 3; no products in the MLP's last matrix.
    assertEquals(21, two.count(Operation.MULTIPLY) - one.count(Operation.MULTIPLY), 1e-9);
    // 6 / 2, head 10, softmax 10, norm 2, residual 2.
    assertEquals(27, two.count(Operation.ADD) - one.count(Operation.ADD), 1e-9);
    assertEquals(0, two.count(Operation.CACHE_BIT) - one.count(Operation.CACHE_BIT));
  }

  private static Work work(Span span, Optional<Neuron> hidden, int samples) throws IOException {
    return new LanguageWork(Configs.read(Configs.TINY), span, 1, hidden)
        .work(Convention.STRICT, samples);
  }

  /// Of 8 experts, 2 are chosen. A token reads 2; a batch of three reads 8 (1 - (6/8)^3) for all
  /// three; and what a token multiplies stays the same. An expert has 3 x 4 x 7 weights.
  @Test
  void expertsAreReadByWhoChoosesThem() throws IOException {
    LanguageModel model = Configs.read(Configs.LATENT);
    LanguageWork alone = new LanguageWork(model, Span.generation(1, 1), 1, Optional.empty());
    LanguageWork batch = new LanguageWork(model, Span.generation(1, 1), 3, Optional.empty());
    assertEquals(2 * 84 * 32, expertBits(alone), 1e-9);
    assertEquals(8 * (1 - 0.421875) / 3 * 84 * 32, expertBits(batch), 1e-9);
    LanguageWork prompt = new LanguageWork(model, Span.prompt(3), 1, Optional.empty());
    assertEquals(8 * (1 - 0.421875) * 84 * 32, expertBits(prompt), 1e-9);
    assertEquals(2 * 84, expertMacs(alone));
    assertEquals(2 * 84, expertMacs(batch));
    assertTrue(alone.assumptions().toString().contains("tokens choose their experts"));
  }

  private static Stream<LayerWork> experts(LanguageWork work) {
    return work.work(Convention.STRICT).stream()
        .filter(layer -> layer.name().startsWith("expert matri"));
  }

  private static double expertBits(LanguageWork work) {
    return experts(work).mapToDouble(layer -> layer.once().count(Operation.WEIGHT_BIT)).sum();
  }

  private static double expertMacs(LanguageWork work) {
    return experts(work).mapToDouble(layer -> layer.size().macs()).sum();
  }

  /// A token leaves 5 + 2 values in each of two blocks and looks at those of two tokens: 2 heads x
  /// (2 x 5 + 2) products each. A prompt of one token expands it: 2 heads x (2 + 2 + 3).
  @Test
  void latentAttentionKeepsOneVectorAToken() throws IOException {
    LanguageModel model = Configs.read(Configs.LATENT);
    LanguageWork work = new LanguageWork(model, Span.generation(1, 1), 1, Optional.empty());
    assertEquals(2 * (1 + 2) * 7 * 32, work.work(Convention.STRICT, 1).count(Operation.CACHE_BIT));
    assertEquals(2 * 2 * 24, scores(work));
    assertEquals(2 * 14, scores(new LanguageWork(model, Span.prompt(1), 1, Optional.empty())));
  }

  private static double scores(LanguageWork work) {
    return work.work(Convention.STRICT).stream()
        .filter(layer -> layer.name().equals("attention scores"))
        .mapToDouble(layer -> layer.size().macs())
        .sum();
  }

  /// Weights of all layers are the model's parameters.
  @Test
  void layersHaveTheModelsWeights() throws IOException {
    for (String json : Configs.ALL) {
      LanguageModel model = Configs.read(json);
      double weights =
          new LanguageWork(model, Span.prompt(1), 1, Optional.empty())
              .work(Convention.STRICT).stream().mapToDouble(layer -> layer.size().weights()).sum();
      assertEquals((double) model.parameters(), weights, json);
    }
  }

  @Test
  void aBatchSharesTheWeights() throws IOException {
    LanguageModel llama = Configs.read(Configs.LLAMA_3_8B);
    EnergyModel model = new EnergyModel(Technology.named("jouppi7-hbm2"), Convention.STRICT);
    LanguageWork alone = new LanguageWork(llama, Span.generation(100, 10), 1, Optional.empty());
    LanguageWork batch = new LanguageWork(llama, Span.generation(100, 10), 8, Optional.empty());
    double row = 4096 * 10;
    double all = alone.work(Convention.STRICT, 1).count(Operation.WEIGHT_BIT) / 32 - row;
    double share = batch.work(Convention.STRICT, 1).count(Operation.WEIGHT_BIT) / 32 - row;
    assertEquals(10.0 * (llama.parameters() - 128256L * 4096), all, all * 1e-12);
    assertEquals(all / 8, share, share * 1e-12);
    assertEquals(model.energy(alone, 1).synapse(), model.energy(batch, 1).synapse());
  }

  /// Keys and values lie with the weights unless their memory has a constant.
  @Test
  void theCacheHasAMemoryOfItsOwn() throws IOException {
    LanguageWork work =
        new LanguageWork(Configs.read(Configs.TINY), Span.generation(1, 1), 1, Optional.empty());
    Technology hbm = Technology.named("jouppi7-hbm2");
    Technology own = hbm.with(Operation.CACHE_BIT, hbm.cost(Operation.ACTIVATION_BIT));
    assertEquals(
        192 * hbm.cost(Operation.WEIGHT_BIT).picojoules(),
        new EnergyModel(hbm, Convention.STRICT).energy(work, 1).cache().picojoules(),
        1e-9);
    assertEquals(
        192 * hbm.cost(Operation.ACTIVATION_BIT).picojoules(),
        new EnergyModel(own, Convention.STRICT).energy(work, 1).cache().picojoules(),
        1e-9);
  }

  /// Every token looks at itself and all before it, as far back as the window.
  @Test
  void pairsAreCounted() {
    for (int before = 0; before < 6; before++) {
      for (int tokens = 1; tokens < 6; tokens++) {
        for (int window = 1; window < 12; window++) {
          int pairs = 0;
          for (int token = before + 1; token <= before + tokens; token++) {
            pairs += Math.min(token, window);
          }
          assertEquals(pairs, new Span(before, tokens, false).pairs(window));
        }
      }
    }
  }

  /// A window bounds what a token costs; without one a later token costs more.
  @Test
  void longContextsTakeMore() throws IOException {
    LanguageModel mistral = Configs.read(Configs.MISTRAL_7B);
    assertTrue(perToken(mistral, 3000) > perToken(mistral, 1000));
    assertEquals(perToken(mistral, 5000), perToken(mistral, 9000));
    LanguageModel llama = Configs.read(Configs.LLAMA_3_8B);
    assertTrue(perToken(llama, 6000) > perToken(llama, 5000));
  }

  private static double perToken(LanguageModel model, int before) {
    return new EnergyModel(Technology.named("jouppi7-hbm2"), Convention.STRICT)
        .breakdown(new LanguageWork(model, Span.generation(before, 1), 1, Optional.empty()))
        .at(1)
        .total()
        .picojoules();
  }

  @Test
  void refusesWhatHasNoMeaning() throws IOException {
    LanguageModel gpt = Configs.read(Configs.GPT_2);
    assertEquals(
        "prompt and generation must be at most 1024 tokens together, the model's longest context,"
            + " got 1025",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LanguageWork(gpt, Span.generation(1000, 25), 1, Optional.empty()))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Span.prompt(0));
    LanguageWork work = new LanguageWork(gpt, Span.prompt(5), 1, Optional.empty());
    for (Convention other :
        new Convention[] {Convention.PAPER, Convention.STRICT.withReads(WeightReads.SYNAPSE)}) {
      assertThrows(IllegalArgumentException.class, () -> work.work(other));
    }
  }
}
