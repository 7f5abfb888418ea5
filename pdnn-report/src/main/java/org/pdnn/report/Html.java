package org.pdnn.report;

import java.util.ArrayDeque;
import java.util.Deque;

/// Writes HTML element by element. Words and attributes are escaped here and nowhere else, so no
/// caller can forget it.
final class Html {
  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> open = new ArrayDeque<>();

  /// Opens an element; `attributes` are names and values in turn.
  Html open(String tag, String... attributes) {
    single(tag, attributes);
    open.push(tag);
    return this;
  }

  /// An element that has no end, such as `meta` and `img`.
  Html single(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(attributes[i + 1])).append('"');
    }
    out.append('>');
    return this;
  }

  /// Closes the element opened last.
  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Html text(String words) {
    out.append(escaped(words));
    return this;
  }

  /// An element with nothing but words in it.
  Html element(String tag, String words, String... attributes) {
    return open(tag, attributes).text(words).close();
  }

  /// Markup of ours.
  Html markup(String markup) {
    out.append(markup);
    return this;
  }

  /// A style sheet of ours.
  Html style(String css) {
    open("style");
    out.append(css);
    return close();
  }

  /// A script. In JavaScript `<\/` is `</` wherever a script may contain it.
  Html script(String code, String... attributes) {
    open("script", attributes);
    out.append(code.replace("</script", "<\\/script").replace("<!--", "<\\!--"));
    return close();
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
