package org.pdnn.data;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.data.Strokes.Point;
import org.pdnn.random.RandomWords;

/// One digit drawn by one hand: a way to write it, uneven points, a bend, a pen and noisy paper.
///
/// The amounts of distortion are the difficulty of the built-in set; `DigitsDifficultyTest`
/// measures it.
final class Drawing {
  /// Pixels along one side of the sheet.
  static final int SIDE = 28;

  /// The digit's height before it is scaled, in pixels.
  private static final double HEIGHT = 19;

  /// Straight pieces that stand for the curve between two points.
  private static final int PIECES = 5;

  private Drawing() {}

  /// The pixels of an image, in row-major order, from 0 for paper to 255 for ink.
  ///
  /// @param words the words of all images of one part of the set
  /// @param image index of the image in its part
  /// @param digit what the image shows, 0 to 9
  static byte[] pixels(RandomWords words, int image, int digit) {
    Variates hand = new Variates(words, image, 0, 5);
    Variates points = new Variates(words, image, 1, 64);
    Variates paper = new Variates(words, image, 2, SIDE * SIDE);
    var variants = Strokes.of(digit);
    var strokes = variants.get((int) hand.uniform(0, variants.size()));
    double haste = hand.uniform(0, 1);
    // Most hands are tidy, and one in thirty scrawls: those draw what good networks miss.
    boolean scrawls = hand.uniform(0, 1) < 0.033;
    double untidiness = scrawls ? 2.4 : 0.75 + 0.95 * haste * haste * haste;
    Bend bend = new Bend(new Variates(words, image, 3, Bend.WORDS), HEIGHT, SIDE / 2.0, untidiness);
    double radius = hand.uniform(1.0, 1.9);
    double darkness = hand.uniform(0.75, 1);
    Canvas canvas = new Canvas(SIDE);
    for (List<Point> stroke : strokes) {
      draw(jittered(stroke, points, 0.015 * untidiness), bend, radius, canvas);
    }
    byte[] pixels = new byte[SIDE * SIDE];
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      double grey = canvas.ink(pixel) * darkness + paper.normal(0.025);
      pixels[pixel] = (byte) Math.round(255 * Math.clamp(grey, 0.0, 1.0));
    }
    return pixels;
  }

  private static List<Point> jittered(List<Point> stroke, Variates points, double deviation) {
    List<Point> jittered = new ArrayList<>();
    for (Point point : stroke) {
      double x = point.x() + points.normal(deviation);
      double y = point.y() + points.normal(deviation);
      jittered.add(new Point(x, y, point.corner()));
    }
    return jittered;
  }

  private static void draw(List<Point> stroke, Bend bend, double radius, Canvas canvas) {
    double fromX = bend.x(stroke.getFirst().x(), stroke.getFirst().y());
    double fromY = bend.y(stroke.getFirst().x(), stroke.getFirst().y());
    for (int i = 0; i + 1 < stroke.size(); i++) {
      Point p1 = stroke.get(i);
      Point p2 = stroke.get(i + 1);
      Point p0 = i == 0 || p1.corner() ? p1 : stroke.get(i - 1);
      Point p3 = i + 2 == stroke.size() || p2.corner() ? p2 : stroke.get(i + 2);
      for (int piece = 1; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        double x = catmullRom(p0.x(), p1.x(), p2.x(), p3.x(), t);
        double y = catmullRom(p0.y(), p1.y(), p2.y(), p3.y(), t);
        double toX = bend.x(x, y);
        double toY = bend.y(x, y);
        canvas.line(fromX, fromY, toX, toY, radius);
        fromX = toX;
        fromY = toY;
      }
    }
  }

  /// The cubic from p1 (t = 0) to p2 (t = 1) whose tangents are half the chords p0 p2 and p1 p3.
  private static double catmullRom(double p0, double p1, double p2, double p3, double t) {
    double start = (p2 - p0) / 2;
    double end = (p3 - p1) / 2;
    double rise = p2 - p1;
    double square = 3 * rise - 2 * start - end;
    double cube = start + end - 2 * rise;
    return p1 + t * (start + t * (square + t * cube));
  }
}
