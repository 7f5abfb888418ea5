/// Networks served over HTTP and gRPC by the Open Inference Protocol, version 2.
@SuppressWarnings("requires-automatic") // libraries without module-info
module org.pdnn.server {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.stub;
  requires io.helidon.common.configurable;
  requires io.helidon.common.pki;
  requires io.helidon.common.task;
  requires io.helidon.common.tls;
  requires io.helidon.http;
  requires io.helidon.webserver;
  requires io.helidon.webserver.grpc;
  requires io.helidon.webserver.http2;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires transitive org.pdnn.core;

  exports org.pdnn.server;
}
