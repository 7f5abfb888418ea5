package org.pdnn.cli;

import org.pdnn.evaluation.Answer;

/// What came of one picture.
sealed interface Prediction {
  /// The file, or the image of a set.
  String file();

  /// An answer.
  record Made(String file, Answer answer) implements Prediction {}

  /// A picture that could not be read.
  ///
  /// @param reason one sentence that names it
  record Failed(String file, String reason) implements Prediction {}
}
