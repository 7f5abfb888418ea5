package org.pdnn.cli.predict;

import java.util.List;
import org.pdnn.evaluation.Candidate;

/// What came of one picture.
sealed interface Prediction {
  /// The file, or the image of a set.
  String file();

  /// An answer.
  ///
  /// @param samples T, the passes that were averaged
  /// @param classes likeliest first
  record Made(String file, int samples, List<Candidate> classes) implements Prediction {
    public Made {
      classes = List.copyOf(classes);
    }
  }

  /// A picture that could not be read.
  ///
  /// @param reason one sentence that names it
  record Failed(String file, String reason) implements Prediction {}
}
