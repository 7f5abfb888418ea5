package org.pdnn.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.pdnn.files.AtomicFile;

/// A document as one [Page].
public final class HtmlReport {
  /// Pixels from which on a picture's width is shown as it is; smaller ones are enlarged.
  private static final int LARGE = 128;

  private final Html html = new Html();
  private final Document document;
  private final Contents contents;
  private final HtmlFigure figures;

  private HtmlReport(Document document) {
    this.document = document;
    this.contents = Contents.of(document);
    this.figures = new HtmlFigure(html, Colours.of(document.figures()));
  }

  /// Makes or replaces `file`. Equal documents are equal files.
  public static void write(Document document, Path file) throws IOException {
    byte[] page = page(document).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(page));
  }

  static String page(Document document) {
    HtmlReport page = new HtmlReport(document);
    page.add();
    return page.html.toString();
  }

  private void add() {
    Page.begin(html, document.title(), "");
    html.open("body").script(Page.resource("failures.js")).open("main");
    html.open("header", "class", "head");
    html.element("h1", document.title());
    if (!document.headline().isEmpty()) {
      html.element("p", document.headline(), "class", "verdict");
    }
    document.lead().forEach(sentence -> html.element("p", sentence, "class", "lead"));
    if (contents.worthListing()) {
      addContents();
    }
    html.close();
    html.open("noscript");
    html.element("p", "Charts need JavaScript; their values stand below each figure.");
    html.close();
    for (Contents.Entry entry : contents.entries()) {
      switch (entry.section()) {
        case Part part -> html.element("h2", part.title(), "class", "part", "id", entry.anchor());
        case Prose prose -> add(prose, entry);
        case Commands commands -> add(commands, entry);
        case Link link -> add(link, entry);
        case Figure figure -> add(figure, entry);
        case Choice choice -> add(choice, entry);
        case Table table -> add(table, entry);
        case Pictures pictures -> add(pictures, entry);
        default -> {}
      }
    }
    addProvenance(document.provenance());
    html.close();
    if (!document.figures().isEmpty()) {
      Page.charts(html);
      html.script(Page.resource("page.js"));
    }
    html.close().close();
  }

  private void addContents() {
    html.open("nav", "class", "contents", "aria-label", "Contents");
    html.open("details").element("summary", "Contents").open("ul");
    for (Contents.Entry entry : contents.entries()) {
      html.open("li", "class", entry.section() instanceof Part ? "part" : "section");
      html.open("a", "href", "#" + entry.anchor());
      addOrdinal(entry);
      html.text(entry.title()).close().close();
    }
    html.close().close().close();
  }

  private void addOrdinal(Contents.Entry entry) {
    if (!entry.ordinal().isEmpty()) {
      html.element("span", entry.ordinal(), "class", "ordinal");
    }
  }

  private String headingTag() {
    return contents.hasParts() ? "h3" : "h2";
  }

  private void add(Prose prose, Contents.Entry entry) {
    html.open("section", "class", "prose", "id", entry.anchor());
    html.element(headingTag(), prose.heading(), "class", "title");
    prose.paragraphs().forEach(paragraph -> html.element("p", paragraph));
    html.close();
  }

  private void add(Commands commands, Contents.Entry entry) {
    html.open("section", "class", "prose", "id", entry.anchor());
    html.element(headingTag(), commands.heading(), "class", "title");
    commands.lines().forEach(line -> html.element("pre", line, "class", "command"));
    html.close();
  }

  private void add(Link link, Contents.Entry entry) {
    html.open("section", "class", "prose", "id", entry.anchor());
    html.element(headingTag(), link.heading(), "class", "title");
    html.open("p").element("a", link.words(), "href", link.file()).close();
    html.close();
  }

  private void add(Figure figure, Contents.Entry entry) {
    open(entry, "figure");
    figures.add(figure);
    html.close();
  }

  /// All figures stand here; page.js hides all but the chosen one.
  private void add(Choice choice, Contents.Entry entry) {
    String title = entry.anchor() + ".title";
    html.open("section", "class", "choice", "id", entry.anchor(), "aria-labelledby", title);
    addTitle(entry, title);
    html.open("label", "class", "choose").text(choice.label());
    html.open("select", "autocomplete", "off");
    for (Choice.Option option : choice.options()) {
      html.element("option", option.name(), "value", option.figure().id());
    }
    html.close().close();
    for (Choice.Option option : choice.options()) {
      String id = option.figure().id();
      String name = id + ".title";
      html.open("figure", "class", "exhibit figure", "id", id, "aria-labelledby", name);
      html.element(
          contents.hasParts() ? "h4" : "h3", choice.heading(option), "class", "name", "id", name);
      figures.add(option.figure());
      html.close();
    }
    if (!choice.caption().isEmpty()) {
      html.element("p", choice.caption(), "class", "caption");
    }
    html.close();
  }

  private void add(Table table, Contents.Entry entry) {
    open(entry, "table");
    addCaption(table);
    HtmlTable.add(html, table);
    html.close();
  }

  private void add(Pictures pictures, Contents.Entry entry) {
    open(entry, "pictures");
    html.open("div", "class", "strip");
    for (Picture picture : pictures.pictures()) {
      String file = Base64.getEncoder().encodeToString(picture.file());
      html.open("figure", "class", picture.width() < LARGE ? "small" : "large");
      html.single(
          "img",
          "src",
          "data:" + picture.mediaType() + ";base64," + file,
          "alt",
          picture.caption(),
          "width",
          String.valueOf(picture.width()),
          "height",
          String.valueOf(picture.height()));
      html.element("figcaption", picture.caption()).close();
    }
    html.close();
    addCaption(pictures);
    html.close();
  }

  /// Opens an item under its number and title; the caller closes it.
  private void open(Contents.Entry entry, String kind) {
    String title = entry.anchor() + ".title";
    html.open("figure", "class", "exhibit " + kind, "id", entry.anchor(), "aria-labelledby", title);
    addTitle(entry, title);
  }

  private void addTitle(Contents.Entry entry, String id) {
    html.open(headingTag(), "class", "title", "id", id);
    addOrdinal(entry);
    html.text(entry.title()).close();
  }

  private void addCaption(Item item) {
    if (!item.caption().isEmpty()) {
      html.element("figcaption", item.caption());
    }
  }

  private void addProvenance(Map<String, Object> provenance) {
    html.open("details", "class", "provenance").element("summary", "Provenance").open("dl");
    provenance.forEach((key, value) -> html.element("dt", key).element("dd", Json.shown(value)));
    html.close().close();
  }
}
