package org.pdnn.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// The widths of a table's columns, whose sum may be limited. Words are broken at their spaces, and
/// so are headings above numbers; numbers are not.
final class ColumnWidths {
  /// Words in a narrower column are hard to read.
  private static final int NARROW = 40;

  private final int[] widths;
  private final int most;

  private ColumnWidths(int[] widths, int most) {
    this.widths = widths;
    this.most = most - 2 * (widths.length - 1);
  }

  /// The widths that columns need, two spaces between them; fewer in a table that would be wider
  /// than `most`, where words allow it.
  ///
  /// @param lines as long as there are columns, headings first
  /// @param numbers whether a column holds numbers
  static int[] of(List<List<String>> lines, IntPredicate numbers, int most) {
    int[] needed = each(lines, i -> lines.stream().mapToInt(line -> line.get(i).length()));
    int[] least =
        each(
            lines,
            i ->
                IntStream.concat(
                    IntStream.of(Wrapping.longestWord(lines.getFirst().get(i))),
                    lines.stream()
                        .skip(1)
                        .map(line -> line.get(i))
                        .mapToInt(
                            cell -> numbers.test(i) ? cell.length() : Wrapping.longestWord(cell))));
    ColumnWidths columns = new ColumnWidths(needed, most);
    columns.narrow(numbers.negate(), i -> Math.max(NARROW, least[i]));
    if (Arrays.stream(least).sum() <= columns.most) {
      columns.narrow(numbers, i -> least[i]);
    }
    columns.narrow(numbers.negate(), i -> least[i]);
    return columns.widths;
  }

  /// The greatest length of each column.
  private static int[] each(List<List<String>> lines, IntFunction<IntStream> lengths) {
    return IntStream.range(0, lines.getFirst().size())
        .map(i -> lengths.apply(i).max().orElse(0))
        .toArray();
  }

  /// Narrows some columns, the widest first, as far as the table is too wide.
  private void narrow(IntPredicate which, IntUnaryOperator least) {
    for (int i :
        IntStream.range(0, widths.length)
            .filter(which)
            .boxed()
            .sorted(Comparator.comparing(i -> -widths[i]))
            .toList()) {
      int excess = Math.max(0, Arrays.stream(widths).sum() - most);
      widths[i] = Math.min(widths[i], Math.max(least.applyAsInt(i), widths[i] - excess));
    }
  }
}
