package org.pdnn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.pdnn.random.InputAddress;
import org.pdnn.sampling.Answer;

/// The rows of a partition with their answers appended. A row's answer depends on its key and
/// features alone: rows go through the network some at a time, and neither that nor the partition
/// shows.
///
/// @param columns what is read and written
record ScoredRows(Broadcast<SharedModel> model, Columns columns)
    implements MapPartitionsFunction<Row, Row> {

  /// The places of a row's columns, and what is appended.
  ///
  /// @param key place of the key; -1 if rows are addressed by their values
  /// @param rowsAtOnce that go through the network together
  /// @param joules whether predicted joules are appended
  /// @param keepFaulty whether rows that cannot be scored are kept, with a fault, rather than end
  ///   the job
  record Columns(
      Features type,
      int features,
      int key,
      boolean resize,
      int rowsAtOnce,
      boolean joules,
      boolean keepFaulty)
      implements Serializable {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Answered(rows, model.value().scorer());
  }

  /// Rows that are answered when they are asked for.
  private final class Answered implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Scorer scorer;
    private final ArrayDeque<Row> answered = new ArrayDeque<>();

    Answered(Iterator<Row> rows, Scorer scorer) {
      this.rows = rows;
      this.scorer = scorer;
    }

    @Override
    public boolean hasNext() {
      if (answered.isEmpty() && rows.hasNext()) {
        answer();
      }
      return !answered.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return answered.remove();
    }

    private void answer() {
      List<Taken> some = new ArrayList<>();
      List<float[]> inputs = new ArrayList<>();
      List<Long> addresses = new ArrayList<>();
      while (some.size() < columns.rowsAtOnce() && rows.hasNext()) {
        Row row = rows.next();
        try {
          float[] input =
              columns.type().input(row.get(columns.features()), scorer.model(), columns.resize());
          addresses.add(
              columns.key() < 0 ? InputAddress.of(input) : RowAddress.of(row.get(columns.key())));
          inputs.add(input);
          some.add(new Taken(row, null));
        } catch (IOException | IllegalArgumentException e) {
          String fault = String.valueOf(e.getMessage());
          requireKept(row, fault);
          some.add(new Taken(row, fault));
        }
      }
      Iterator<Answer> answers =
          Arrays.asList(
                  scorer.answers(
                      inputs.toArray(float[][]::new),
                      addresses.stream().mapToLong(Long::longValue).toArray()))
              .iterator();
      for (Taken one : some) {
        answered.add(extended(one, one.fault() == null ? answers.next() : null));
      }
    }

    private void requireKept(Row row, String fault) {
      if (!columns.keepFaulty()) {
        throw new IllegalArgumentException(
            "%s cannot be scored: %s; handleInvalid=keep, or --keep-faulty, keeps such rows aside"
                .formatted(
                    columns.key() < 0 ? "a row" : "the row of key " + row.get(columns.key()),
                    fault));
      }
    }

    private Row extended(Taken one, @Nullable Answer answer) {
      Row row = one.row();
      List<@Nullable Object> cells = new ArrayList<>(row.size() + 6);
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.get(i));
      }
      cells.add(answer == null ? null : Vectors.dense(answer.logits()));
      cells.add(answer == null ? null : Vectors.dense(answer.probabilities()));
      cells.add(answer == null ? null : (double) answer.label());
      cells.add(answer == null ? null : answer.samples());
      if (columns.joules()) {
        cells.add(answer == null ? null : scorer.joules(answer.samples()));
      }
      if (columns.keepFaulty()) {
        cells.add(one.fault());
      }
      return RowFactory.create(cells.toArray());
    }
  }

  /// @param fault why the row cannot be scored; null if it can
  private record Taken(Row row, @Nullable String fault) {}
}
