package org.pdnn.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pdnn.files.AtomicFile;
import org.pdnn.files.InputFile;

/// What the cells of a sweep found, as JSON lines: all that figures are drawn from.
public final class Findings {
  private static final int MOST_BYTES = 64 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Address, Entry> entries = new LinkedHashMap<>();

  public Findings(Collection<Entry> entries) {
    entries.forEach(entry -> this.entries.put(entry.address(), entry));
  }

  /// In the order of the cells.
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /// Those of a kind, in the order of the cells.
  ///
  /// @throws java.io.UncheckedIOException naming file, cell and key of what is missing or wrong
  public <R> List<Found<R>> of(Kind<R> kind) {
    return entries.values().stream()
        .filter(entry -> entry.fields().text("kind").equals(kind.name()))
        .map(entry -> new Found<>(entry.fields(), entry.result(kind)))
        .toList();
  }

  /// What the cell of a recipe found, if it is among these.
  public <R> Optional<R> result(Kind<R> kind, Fields recipe) {
    return Optional.ofNullable(entries.get(Address.of(recipe.json())))
        .map(entry -> entry.result(kind));
  }

  /// The recipes, in the order of the cells.
  public List<Fields> recipes() {
    return entries.values().stream().map(Entry::fields).toList();
  }

  /// What computed them, and when; empty if there are none.
  public SequencedMap<String, String> provenance() {
    SequencedMap<String, String> words = new LinkedHashMap<>();
    if (entries.isEmpty()) {
      return words;
    }
    double seconds =
        entries.values().stream()
            .mapToDouble(one -> one.provenance().path("seconds").asDouble())
            .sum();
    words.put(
        "cells", "%s, which took %s one after the other".formatted(entries.size(), words(seconds)));
    List<String> days =
        entries.values().stream()
            .map(one -> one.provenance().path("time").asText().split("T", 2)[0])
            .distinct()
            .sorted()
            .toList();
    words.put(
        "computed", days.size() == 1 ? days.getFirst() : days.getFirst() + " to " + days.getLast());
    words.put(
        "computedBy",
        entries.values().stream()
            .map(Entry::provenance)
            .map(one ->
                "version %s, JDK %s, %s with %s processors"
                    .formatted(
                        one.path("version").asText(),
                        one.path("jdk").asText(),
                        one.path("cpu").asText(),
                        one.path("processors").asInt()))
            .distinct()
            .collect(Collectors.joining("; ")));
    return words;
  }

  /// What a cell found.
  ///
  /// @throws IllegalArgumentException if it is not among these
  public Entry entry(Cell<?> cell) {
    Entry entry = entries.get(Address.of(cell));
    if (entry == null) {
      throw new IllegalArgumentException("'%s' is not finished".formatted(cell.title()));
    }
    return entry;
  }

  /// The result of a cell, if it is among these.
  <R> Optional<R> result(Cell<R> cell) {
    return Optional.ofNullable(entries.get(Address.of(cell)))
        .map(entry -> entry.result(cell.kind()));
  }

  /// These and others.
  public Findings with(Findings others) {
    Findings both = new Findings(entries.values());
    both.entries.putAll(others.entries);
    return both;
  }

  /// Writes one line per cell.
  public void write(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          for (Entry entry : entries.values()) {
            out.write(JSON.writeValueAsBytes(entry.toJson()));
            out.write('\n');
          }
        });
  }

  private static String words(double seconds) {
    double minutes = seconds / 60;
    return minutes < 60
        ? String.format(Locale.ROOT, "%.0f minutes", Math.ceil(minutes))
        : String.format(Locale.ROOT, "%.1f hours", minutes / 60);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IOException naming file and line of what is wrong
  public static Findings read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist; nothing was kept of it");
    }
    byte[] bytes = InputFile.read(file, "file of findings", MOST_BYTES).bytes();
    Findings findings = new Findings(List.of());
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      try {
        JsonNode json = JSON.readTree(line);
        Entry entry = Entry.fromJson(file.toString(), json);
        findings.entries.put(entry.address(), entry);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new IOException(
            "%s, line %s: not a finding; make the file again with 'pdnn reproduce'"
                .formatted(file, number),
            e);
      }
    }
    return findings;
  }
}
