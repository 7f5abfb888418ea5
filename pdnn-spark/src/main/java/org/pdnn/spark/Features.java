package org.pdnn.spark;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.ImageFile;
import org.pdnn.data.InputImages;
import org.pdnn.names.Counted;
import org.pdnn.network.Model;

/// What a column of features holds.
enum Features {
  /// A vector of Spark ML: the values that the network reads.
  VECTOR {
    @Override
    float[] values(Object cell, Model model, boolean resize) {
      double[] doubles = ((Vector) cell).toArray();
      float[] values = new float[doubles.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles[i];
      }
      return values;
    }
  },

  /// An array of numbers: the values that the network reads.
  ARRAY {
    @Override
    float[] values(Object cell, Model model, boolean resize) {
      scala.collection.Seq<?> numbers = (scala.collection.Seq<?>) cell;
      float[] values = new float[numbers.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(numbers.apply(i), i);
      }
      return values;
    }
  },

  /// The content of a picture's file.
  PICTURE {
    @Override
    float[] values(Object cell, Model model, boolean resize) throws IOException {
      InputImages form = InputImages.of(model);
      return form.values(ImageFile.read("the picture", (byte[]) cell, form.picture(), resize), 0);
    }
  };

  /// How a column of a type is read, if it can be.
  static Optional<Features> of(DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return Optional.of(VECTOR);
    }
    if (type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType))) {
      return Optional.of(ARRAY);
    }
    return type.equals(DataTypes.BinaryType) ? Optional.of(PICTURE) : Optional.empty();
  }

  /// The input of a row.
  ///
  /// @param resize whether a picture of another size is scaled
  /// @throws IOException in one sentence, if a picture cannot be read
  /// @throws IllegalArgumentException in one sentence, if the network cannot read the values
  final float[] input(@Nullable Object cell, Model model, boolean resize) throws IOException {
    if (cell == null) {
      throw new IllegalArgumentException("its features are null");
    }
    float[] values = values(cell, model, resize);
    int size = model.network().input().size();
    if (values.length != size) {
      throw new IllegalArgumentException(
          "it has %s, the network reads %s".formatted(Counted.of(values.length, "feature"), size));
    }
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("its feature %s is %s".formatted(i, values[i]));
      }
    }
    return values;
  }

  abstract float[] values(Object cell, Model model, boolean resize) throws IOException;

  private static float number(@Nullable Object element, int place) {
    if (element instanceof Number number) {
      return number.floatValue();
    }
    throw new IllegalArgumentException("its feature %s is null".formatted(place));
  }
}
