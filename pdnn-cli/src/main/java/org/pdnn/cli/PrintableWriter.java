package org.pdnn.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.pdnn.names.Printable;

/// A terminal that shows characters and obeys none: names and texts come from files, which may hold
/// the escapes that clear a screen or forge a line. All that a command prints goes through here.
final class PrintableWriter extends FilterWriter {
  PrintableWriter(Writer terminal) {
    super(terminal);
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    String part = text.substring(from, from + length);
    out.write(Printable.lines(part.replace(System.lineSeparator(), "\n")));
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(int unit) throws IOException {
    write(String.valueOf((char) unit), 0, 1);
  }
}
