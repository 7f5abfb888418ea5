package org.pdnn.benchmark;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.pdnn.network.Network;

/// A model as a server of the Open Inference Protocol has it, with inputs to ask it about.
///
/// @param address where the server listens, without TLS
/// @param name of the model there
/// @param inputs asked in turn
@SuppressWarnings("ArrayRecordComponent") // not changed
public record ServedModel(
    InetSocketAddress address, String name, Network network, float[][] inputs) {
  /// Requests as bytes, one for each input, the tensor in binary.
  ///
  /// @param route `infer` or `infer_stream`
  /// @param parameters of each request, as JSON
  byte[][] requests(String route, String parameters) {
    return Arrays.stream(inputs)
        .map(input -> request(route, parameters, input))
        .toArray(byte[][]::new);
  }

  private byte[] request(String route, String parameters, float[] input) {
    ByteBuffer tensor = ByteBuffer.allocate(input.length * Float.BYTES);
    tensor.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(input);
    // The count of samples last, so that a client finds it without reading JSON.
    boolean events = route.equals("infer_stream");
    String outputs =
        events
            ? ""
            : """
            ,"outputs":[{"name":"probabilities","parameters":{"binary_data":true}},\
            {"name":"samples_used","parameters":{"binary_data":true}}]\
            """;
    byte[] json =
        """
        {"parameters":{%s},"inputs":[{"name":"input","datatype":"FP32","shape":[1,%s],\
        "parameters":{"binary_data_size":%s}}]%s}\
        """
            .formatted(
                parameters,
                network.input().dimensions().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",")),
                tensor.capacity(),
                outputs)
            .getBytes(StandardCharsets.UTF_8);
    byte[] head =
        """
        POST /v2/models/%s/%s HTTP/1.1\r
        Host: %s:%s\r
        Content-Type: application/octet-stream\r
        Inference-Header-Content-Length: %s\r
        Content-Length: %s\r
        \r
        """
            .formatted(
                name,
                route,
                address.getHostString(),
                address.getPort(),
                json.length,
                json.length + tensor.capacity())
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + json.length + tensor.capacity())
        .put(head)
        .put(json)
        .put(tensor.array())
        .array();
  }
}
