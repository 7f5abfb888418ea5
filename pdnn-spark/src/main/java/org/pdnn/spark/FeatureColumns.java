package org.pdnn.spark;

import java.util.Arrays;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/// Features with a column each, named `FIRST..LAST`: these two columns and those between them.
final class FeatureColumns {
  private static final String TO = "..";

  private FeatureColumns() {}

  /// The rows with one column of vectors, of the same name, in place of such columns; rows whose
  /// features are in one column as they are.
  ///
  /// @throws IllegalArgumentException in one sentence, if a column is missing or holds no numbers
  static Dataset<Row> assembled(Dataset<Row> rows, String features) {
    int to = features.indexOf(TO);
    if (to < 0) {
      return rows;
    }
    StructType schema = rows.schema();
    int first = place(schema, features.substring(0, to));
    int last = place(schema, features.substring(to + TO.length()));
    if (first > last) {
      throw new IllegalArgumentException("features '%s' end before they begin".formatted(features));
    }
    StructField[] fields = Arrays.copyOfRange(schema.fields(), first, last + 1);
    for (StructField field : fields) {
      if (!(field.dataType() instanceof NumericType)) {
        throw new IllegalArgumentException(
            "column '%s' holds %s; features with a column each are numbers"
                .formatted(field.name(), field.dataType().simpleString()));
      }
    }
    String[] columns = Arrays.stream(fields).map(StructField::name).toArray(String[]::new);
    return new VectorAssembler()
        .setInputCols(columns)
        .setOutputCol(features)
        .setHandleInvalid("keep")
        .transform(rows)
        .drop(columns);
  }

  private static int place(StructType schema, String column) {
    return schema.fieldIndex(PdnnModel.column(schema, column).name());
  }
}
