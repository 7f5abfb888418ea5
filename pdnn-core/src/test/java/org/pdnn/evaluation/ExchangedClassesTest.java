package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.data.Digits;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.sampling.Precision;

class ExchangedClassesTest {
  private static final List<String> NAMES = IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();

  /// A network that answers so many of the inputs of each of ten classes by another class, or by
  /// its own where none is given, and the rest by the class after that; two noise seeds.
  private static Optional<ExchangedClasses> found(Map<Integer, Integer> named, int of, int inputs) {
    List<Integer> labels = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    for (int label = 0; label < 10; label++) {
      for (int i = 0; i < inputs; i++) {
        int answer = named.getOrDefault(label, label);
        labels.add(label);
        chosen.add(i < of ? answer : (answer + 1) % 10);
      }
    }
    int[] all = chosen.stream().mapToInt(Integer::intValue).toArray();
    return ExchangedClasses.of(
        new Confusion(
            ConfusionTest.labelled(labels.stream().mapToInt(Integer::intValue).toArray()),
            new int[][] {all, all}));
  }

  private static Map<Integer, Integer> pairs(String text) {
    Map<Integer, Integer> named = new TreeMap<>();
    for (String pair : text.split(" ", -1)) {
      named.put(pair.charAt(0) - '0', pair.charAt(2) - '0');
    }
    return named;
  }

  @Test
  void twoExchangedClassesAreNamedWithTheRemedy() {
    assertEquals(
        "the network mostly answers c5 for c3 and c3 for c5, as if these classes were exchanged;"
            + " put the class names or folders in the order used in training, with which 93.33 %"
            + " are right, not 74.67 %",
        found(pairs("3>5 5>3"), 28, 30).orElseThrow().sentence(NAMES));
  }

  @Test
  void ofManyTheFirstAreNamed() {
    Map<Integer, Integer> next = new TreeMap<>();
    NAMES.forEach(name -> next.put(NAMES.indexOf(name), (NAMES.indexOf(name) + 1) % 10));
    assertEquals(
        "the network mostly answers c1 for c0 and c2 for c1 and c3 for c2 and c4 for c3 and so on,"
            + " 10 classes in all, as if these classes were exchanged; put the class names or"
            + " folders in the order used in training, with which 93.33 % are right, not 0.00 %",
        found(next, 28, 30).orElseThrow().sentence(NAMES));
  }

  /// Two thirds of the way from 0.1 to 1 are 0.7, and the intervals of 220 and 230 of 300 begin at
  /// 0.681 and 0.716; those of 3 of 3 and 4 of 4 begin at 0.438 and 0.510.
  @ParameterizedTest
  @CsvSource({
    "3>5 5>3, 30, 30, 3>5 5>3",
    "3>5 5>3 0>1 1>0, 30, 30, 0>1 1>0 3>5 5>3",
    "1>2 2>7 7>1, 30, 30, 1>2 2>7 7>1",
    "3>5 5>3, 23, 30, 3>5 5>3",
    "3>5 5>3, 4, 4, 3>5 5>3",
    "3>5, 30, 30, ''",
    "3>5 4>5, 30, 30, ''",
    "3>5 5>6, 30, 30, ''",
    "3>3, 28, 30, ''",
    "3>5 5>3, 22, 30, ''",
    "3>5 5>3, 3, 3, ''"
  })
  void classesAreExchangedIfMostAnswersOfAGoodNetworkSaySo(
      String named, int of, int inputs, String expected) {
    String found =
        found(pairs(named), of, inputs)
            .map(all ->
                String.join(
                    " ",
                    all.named().entrySet().stream()
                        .map(one -> one.getKey() + ">" + one.getValue())
                        .toList()))
            .orElse("");
    assertEquals(expected, found);
  }

  /// By luck the one of seed 219 answers 1 for most of 0 and 0 for most of 1.
  @Test
  void noUntrainedNetworkIsAccused() {
    LabelledInputs all = LabelledInputs.of(Digits.generate(7, 10, 400).test());
    LabelledInputs twoClasses =
        all.chosen(IntStream.range(0, all.count()).filter(i -> all.label(i) < 2).toArray());
    Network zero = Preset.network("mlp:784-8-2", Shape.of(1, 28, 28), 2, Neuron.parse("tanh"));
    for (int seed = 215; seed < 225; seed++) {
      Network network = InitialWeights.PYTORCH.of(zero, seed);
      Measured measured =
          Evaluation.once().measured(network, Precision.REAL, twoClasses, Philox::new, 1, _ -> {});
      assertEquals(Optional.empty(), ExchangedClasses.of(measured.confusion()), "seed " + seed);
    }
  }
}
