package org.pdnn.report;

import java.util.List;

/// Documents of one kind: a list of objects in JSON, one after the other in text.
public record Group(String key, List<Document> documents) implements Section {
  public Group {
    Texts.requirePresent("key", key);
    documents = List.copyOf(documents);
  }
}
