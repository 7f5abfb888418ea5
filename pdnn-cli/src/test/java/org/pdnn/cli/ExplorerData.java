package org.pdnn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a page of the explorer computes with.
public final class ExplorerData {
  private static final String BEGIN = "<script type=\"application/json\" id=\"data\">";

  private ExplorerData() {}

  public static JsonNode of(Path file) throws IOException {
    String page = Files.readString(file);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }
}
