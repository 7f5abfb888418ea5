package org.pdnn.server.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.pdnn.evaluation.Candidate;
import org.pdnn.names.Choice;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;
import org.pdnn.network.TrainedOn;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Outputs;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.SampledModel;

/// What an answer can tell of each input: the outputs of every model.
enum Output {
  /// The number of the class, from 0.
  CLASS(Datatype.INT64, false),
  /// Its name.
  CLASS_NAME(Datatype.BYTES, false),
  /// By class.
  PROBABILITIES(Datatype.FP64, true),
  /// Bounds of the probabilities that infinitely many passes would give, with 95 % confidence.
  PROBABILITIES_LOW(Datatype.FP64, true),
  PROBABILITIES_HIGH(Datatype.FP64, true),
  /// Means over the passes.
  LOGITS(Datatype.FP64, true),
  /// Standard deviations over the passes.
  SPREADS(Datatype.FP64, true),
  /// The probability that infinitely many passes name the same class.
  SETTLED(Datatype.FP64, false),
  /// Passes that were run.
  SAMPLES_USED(Datatype.INT32, false),
  /// What ended them.
  STOPPED_BY(Datatype.BYTES, false),
  /// Their predicted energy.
  JOULES(Datatype.FP64, false);

  /// What is told unless a request names outputs.
  private static final List<Output> USUAL =
      List.of(CLASS, PROBABILITIES, PROBABILITIES_LOW, PROBABILITIES_HIGH, SAMPLES_USED);

  private final Datatype datatype;
  private final boolean byClass;

  Output(Datatype datatype, boolean byClass) {
    this.datatype = datatype;
    this.byClass = byClass;
  }

  /// What is told unless a request names outputs: intervals only of mean logits.
  static List<Output> usual(Outputs averaged) {
    return USUAL.stream()
        .filter(output -> !output.interval() || averaged == Outputs.LOGITS)
        .toList();
  }

  static Output parse(String name, Outputs averaged) throws RequestException {
    List<String> names = Arrays.stream(values()).map(Output::toString).toList();
    int found = names.indexOf(name);
    if (found < 0) {
      throw RequestException.wrong(
          "unknown output %s%s; use %s",
          Printable.quoted(name), Nearest.suggestion(name, names), Choice.listed(names));
    }
    Output output = values()[found];
    if (output.interval() && averaged != Outputs.LOGITS) {
      throw RequestException.wrong("intervals are those of mean logits; leave '%s' out", name);
    }
    return output;
  }

  private boolean interval() {
    return this == PROBABILITIES_LOW || this == PROBABILITIES_HIGH;
  }

  Datatype datatype() {
    return datatype;
  }

  /// The shape for some inputs; -1 for any number.
  List<Integer> shape(int inputs, SampledModel model) {
    return byClass ? List.of(inputs, model.network().output().size()) : List.of(inputs);
  }

  /// The tensor of some answers.
  OutputTensor of(List<Outcome> outcomes, SampledModel model, Outputs averaged) {
    List<Integer> shape = shape(outcomes.size(), model);
    return datatype == Datatype.BYTES
        ? OutputTensor.ofTexts(
            toString(), shape, outcomes.stream().map(one -> text(one, model, averaged)).toList())
        : OutputTensor.ofNumbers(
            toString(),
            datatype,
            shape,
            outcomes.stream()
                .flatMapToDouble(one -> Arrays.stream(numbers(one, averaged)))
                .toArray());
  }

  private double[] numbers(Outcome outcome, Outputs averaged) {
    Answer answer = outcome.answer();
    return switch (this) {
      case CLASS -> new double[] {label(outcome, averaged)};
      case PROBABILITIES ->
          averaged == Outputs.LOGITS
              ? byClass(answer, c -> Candidate.value(answer, c))
              : outcome.probabilities(averaged);
      case PROBABILITIES_LOW -> byClass(answer, c -> Candidate.probability(answer, c).low());
      case PROBABILITIES_HIGH -> byClass(answer, c -> Candidate.probability(answer, c).high());
      case LOGITS -> answer.logits();
      case SPREADS -> byClass(answer, answer::spread);
      case SETTLED -> new double[] {answer.settled()};
      case SAMPLES_USED -> new double[] {outcome.samples()};
      case JOULES -> new double[] {outcome.price().joules()};
      case CLASS_NAME, STOPPED_BY -> throw new IllegalStateException(this + " is a text");
    };
  }

  private static int label(Outcome outcome, Outputs averaged) {
    return Outputs.argmax(outcome.probabilities(averaged));
  }

  private static double[] byClass(Answer answer, IntToDoubleFunction number) {
    return IntStream.range(0, answer.classes()).mapToDouble(number).toArray();
  }

  private String text(Outcome outcome, SampledModel model, Outputs averaged) {
    int label = label(outcome, averaged);
    return this == STOPPED_BY
        ? outcome.stoppedBy().toString()
        : model
            .model()
            .trainedOn()
            .map(TrainedOn::classes)
            .map(names -> names.get(label))
            .orElse(String.valueOf(label));
  }

  /// As in `class_name`.
  @Override
  public String toString() {
    return Choice.name(this).replace('-', '_');
  }
}
