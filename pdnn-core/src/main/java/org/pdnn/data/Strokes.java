package org.pdnn.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How people write the ten digits: the path of the pen as a few points, before it is bent.
///
/// A line of the table is one way to write a digit: the digit, a colon, and its strokes separated
/// by `|`. A stroke is points `x,y` in hundredths of the digit's height, y downwards, joined by a
/// smooth curve (Catmull-Rom); at a point marked `!` the pen turns sharply.
final class Strokes {
  private static final String TABLE =
      """
      0: 50,2 28,15 20,50 30,87 52,98 73,84 80,48 70,13 50,2
      0: 60,5 38,10 26,40 28,78 48,97 68,82 74,45 64,12 46,6
      1: 52,2 50,50 48,98
      1: 30,25 52,2! 51,50 50,98
      1: 32,22 52,2! 51,50 50,97 | 28,97 50,97 74,97
      2: 22,25 32,6 55,2 74,14 74,36 55,60 22,97! 50,96 80,96
      2: 24,22 40,3 66,8 74,30 60,58 36,86 24,92 20,80 36,76 55,88 82,94
      3: 24,12 45,2 70,10 72,32 45,47! 72,55 80,76 62,95 38,98 20,86
      3: 24,4 50,4 74,4! 46,42! 70,50 78,72 62,94 38,98 20,87
      4: 30,3 24,30 22,56! 50,57 82,54 | 66,25 65,60 63,98
      4: 62,2 40,32 18,64! 50,64 84,63 | 62,2 61,50 60,98
      5: 74,3 32,4! 28,42! 50,36 74,48 78,72 60,95 38,97 20,86
      5: 30,5 28,25 28,44! 55,42 76,60 68,88 42,98 22,90 | 30,5 54,5 78,2
      6: 66,3 42,18 26,48 26,78 46,98 70,86 72,64 54,52 34,60 26,76
      6: 58,2 34,34 22,68 34,94 60,96 76,76 62,58 40,62 24,76
      7: 20,6 50,5 80,4! 60,45 42,98
      7: 20,8 50,5 80,5! 58,50 44,98 | 32,52 54,50 74,48
      7: 20,20 22,6! 50,5 78,4! 55,50 46,98
      8: 70,16 50,2 28,16 36,38 60,54 76,76 52,98 26,78 38,54 62,38 72,18
      8: 50,3 30,14 32,36 50,46 68,36 70,14 50,3 | 50,46 26,60 26,86 50,98 75,86 75,60 50,46
      9: 72,20 52,3 28,16 30,42 54,50 70,36 74,16! 70,55 66,98
      9: 74,22 54,3 30,14 28,40 50,52 70,38 75,16! 74,60 62,90 40,98 24,88
      """;

  private static final Pattern POINT = Pattern.compile("(\\d+),(\\d+)(!?)");

  private static final Map<Integer, List<List<List<Point>>>> VARIANTS =
      TABLE
          .lines()
          .collect(
              Collectors.groupingBy(
                  line -> line.charAt(0) - '0',
                  Collectors.mapping(line -> strokes(line.substring(2)), Collectors.toList())));

  private Strokes() {}

  /// A point of a stroke, in units of the digit's height, and whether the pen turns sharply there.
  record Point(double x, double y, boolean corner) {}

  /// The ways to write a digit, at least one; each is its strokes, each stroke two points or more.
  static List<List<List<Point>>> of(int digit) {
    return Objects.requireNonNull(VARIANTS.get(digit));
  }

  private static List<List<Point>> strokes(String text) {
    return Pattern.compile("|", Pattern.LITERAL).splitAsStream(text).map(Strokes::stroke).toList();
  }

  private static List<Point> stroke(String text) {
    return POINT
        .matcher(text)
        .results()
        .map(point ->
            new Point(
                Integer.parseInt(point.group(1)) / 100.0,
                Integer.parseInt(point.group(2)) / 100.0,
                !point.group(3).isEmpty()))
        .toList();
  }
}
