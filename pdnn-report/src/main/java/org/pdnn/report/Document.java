package org.pdnn.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.pdnn.evaluation.Environment;

/// What a command found, section by section, for every form: text, JSON, CSV, and a page in HTML
/// and Markdown. Numbers keep all their digits; each form rounds where it shows them.
public final class Document {
  private final String title;
  private final List<Section> sections = new ArrayList<>();
  private final SequencedMap<String, Object> provenance = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> lead = new ArrayList<>();
  private String headline = "";
  private boolean here = true;

  public Document(String title) {
    Texts.requirePresent("title", title);
    this.title = title;
  }

  /// Says the answer: a line of text here, and large at the top of a page.
  public Document headline(String sentence) {
    headline = sentence;
    return add(new Sentence(sentence).only(Form.TEXT));
  }

  /// Adds the evidence of the answer: lines of text here, and below the headline of a page.
  public Document lead(List<String> sentences) {
    lead.addAll(sentences);
    sentences.forEach(sentence -> add(new Sentence(sentence).only(Form.TEXT)));
    return this;
  }

  /// Adds a line for readers.
  public Document sentence(String text) {
    return add(new Sentence(text));
  }

  /// Adds a value for scripts; see [Fact].
  public Document fact(String key, Object value) {
    return add(new Fact(key, value));
  }

  /// Adds a section.
  ///
  /// @throws IllegalArgumentException if its id is that of another one
  public Document add(Section section) {
    ids(section)
        .forEach(id -> {
          if (!ids.add(id)) {
            throw new IllegalArgumentException(
                "ids must differ within a document, got '%s' twice".formatted(id));
          }
        });
    sections.add(section);
    return this;
  }

  private static Stream<String> ids(Section section) {
    return switch (section) {
      case Choice choice ->
          Stream.concat(Stream.of(choice.id()), choice.figures().stream().map(Figure::id));
      case Item item -> Stream.of(item.id());
      default -> Stream.of();
    };
  }

  /// Adds sections in their order.
  public Document add(List<? extends Section> more) {
    more.forEach(this::add);
    return this;
  }

  /// Notes what one needs to repeat the work, such as a seed; the version, the JDK and the
  /// processor are noted in any case.
  ///
  /// @param value as of a [Fact]
  public Document provenance(String key, Object value) {
    provenance.put(key, value);
    return this;
  }

  /// Says that its numbers were computed elsewhere, as the provenance tells: where the document is
  /// written does not matter, and the same numbers make the same files everywhere.
  public Document elsewhere() {
    here = false;
    return this;
  }

  /// For a terminal.
  public String text() {
    return PlainText.of(this);
  }

  /// For scripts: one JSON object.
  public String json() {
    return Json.of(this);
  }

  /// For scripts and spreadsheets: the tables, or the facts of a document without any.
  public String csv() {
    return Csv.of(this);
  }

  public String title() {
    return title;
  }

  /// Empty if there is none.
  public String headline() {
    return headline;
  }

  /// What stands below the headline.
  List<String> lead() {
    return Collections.unmodifiableList(lead);
  }

  /// All that a page draws, those of which it shows one among them.
  List<Figure> figures() {
    return sections(Form.PAGE).stream()
        .flatMap(section ->
            switch (section) {
              case Figure figure -> Stream.of(figure);
              case Choice choice -> choice.figures().stream();
              default -> Stream.of();
            })
        .toList();
  }

  /// The sections that a form holds.
  List<Section> sections(Form form) {
    return sections.stream().flatMap(section -> in(form, section)).toList();
  }

  private static Stream<Section> in(Form form, Section section) {
    return section instanceof Only(Set<Form> forms, Section inner)
        ? forms.contains(form) ? in(form, inner) : Stream.of()
        : Stream.of(section);
  }

  /// What was noted, and where it was computed.
  SequencedMap<String, Object> provenance() {
    SequencedMap<String, Object> all = new LinkedHashMap<>(provenance);
    if (here) {
      Environment environment = Environment.here();
      all.putIfAbsent("version", environment.version());
      all.putIfAbsent("jdk", environment.jdk());
      all.putIfAbsent("cpu", environment.cpu());
    }
    return Collections.unmodifiableSequencedMap(all);
  }
}
