/// Networks served over HTTP by the Open Inference Protocol, version 2.
module org.pdnn.server {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires io.helidon.http;
  requires io.helidon.webserver;
  requires transitive org.pdnn.core;

  exports org.pdnn.server;
}
