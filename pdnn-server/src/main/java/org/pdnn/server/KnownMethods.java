package org.pdnn.server;

import io.helidon.common.uri.UriPath;
import io.helidon.http.HttpPrologue;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import java.util.Set;

/// A protocol for the calls of known methods. Others are taken for calls of one that says so, as
/// the library's own answer to them ends the connection, with all calls on it.
///
/// @param paths of the methods
/// @param other path of the method that answers all others
record KnownMethods(Http2SubProtocolSelector plain, Set<String> paths, String other)
    implements Http2SubProtocolSelector {
  @Override
  public SubProtocolResult subProtocol(
      ConnectionContext context,
      HttpPrologue prologue,
      Http2Headers headers,
      Http2StreamWriter writer,
      int stream,
      Http2Settings ours,
      Http2Settings theirs,
      StreamFlowControl flow,
      Http2StreamState state,
      Router router) {
    HttpPrologue known =
        paths.contains(prologue.uriPath().rawPath())
            ? prologue
            : prologue.withUriPath(UriPath.create(other));
    return plain.subProtocol(
        context, known, headers, writer, stream, ours, theirs, flow, state, router);
  }
}
