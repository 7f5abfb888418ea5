/// The messages of the Open Inference Protocol's gRPC service, read and written. Knows bytes, not
/// connections.
@NullMarked
package org.pdnn.server.grpc;

import org.jspecify.annotations.NullMarked;
