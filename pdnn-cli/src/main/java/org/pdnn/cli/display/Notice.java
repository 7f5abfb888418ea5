package org.pdnn.cli.display;

import java.io.PrintWriter;
import org.pdnn.names.Printable;

/// A sentence to the user beside the result: `pdnn: ...`, on one line. A name that holds the end of
/// a line does not forge another.
public final class Notice {
  private static final int LONGEST_LINE = 1000;

  private Notice() {}

  public static void tell(PrintWriter err, String sentence) {
    err.println(Printable.of("pdnn: " + sentence, LONGEST_LINE));
    err.flush();
  }
}
