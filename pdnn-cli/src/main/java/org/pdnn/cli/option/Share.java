package org.pdnn.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a share: `0.97`, `97` and `97%` are the same. A number above 1 is in percent.
public final class Share implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    double number = number(text, "a share, as in 97%, 97 or 0.97");
    double share = text.contains("%") || number > 1 ? number / 100 : number;
    if (!(share >= 0 && share <= 1)) {
      throw new TypeConversionException("'" + text + "' is not between 0 and 100%");
    }
    return share;
  }

  /// Reads a confidence at which to stop early.
  public static final class Confidence implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double confidence = number(text, "a confidence, as in 99%, 99 or 0.99");
      double share = text.contains("%") || confidence > 1 ? confidence / 100 : confidence;
      if (!(share >= 0.5 && share < 1)) {
        throw new TypeConversionException(
            "a confidence must be at least 0.5 and below 1 (50% to 100%), got '" + text + "'");
      }
      return share;
    }
  }

  /// Reads a share that is neither nothing nor all.
  public static final class Part implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double share = new Share().convert(text);
      if (!(share > 0 && share < 1)) {
        throw new TypeConversionException("'" + text + "' is not above 0 and below 100%");
      }
      return share;
    }
  }

  /// Reads points of accuracy: `2` and `2%` are the same.
  public static final class Points implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(text, "a number of points, as in 2");
    }
  }

  private static double number(String text, String wanted) {
    String bare = text.strip();
    try {
      return Double.parseDouble(bare.endsWith("%") ? bare.substring(0, bare.length() - 1) : bare);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not " + wanted);
    }
  }
}
