/// Tables and figures as records, written as one HTML page, as Markdown, CSV and JSON; the
/// explorer.
@SuppressWarnings("requires-automatic") // a library without module-info
module org.pdnn.report {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.dataformat.csv;
  requires transitive com.fasterxml.jackson.databind;
  requires echarts;
  requires java.desktop;
  requires transitive org.pdnn.core;

  exports org.pdnn.explorer;
  exports org.pdnn.report;
}
