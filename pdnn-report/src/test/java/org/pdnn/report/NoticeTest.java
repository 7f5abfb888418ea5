package org.pdnn.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the licence of the charts asks of a page that holds them.
class NoticeTest {
  @Test
  void aPageWithChartsHoldsLicenceAndNotice() throws Exception {
    String page = HtmlReport.page(SampleReport.study());
    assertTrue(page.contains("Licensed to the Apache Software Foundation (ASF)"));
    assertTrue(page.contains("This product includes software developed at"));
    assertTrue(
        Files.readString(Path.of("../NOTICE"))
            .contains("This product includes software developed at"));
  }
}
