package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AccessTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static Server server(Access access) throws IOException {
    return Server.start(
        ServerOptions.local().with(access).showing("<!doctype html>"),
        ModelSource.of(List.of(SmallModels.served("small"))),
        _ -> {});
  }

  private static int status(HttpClient client, String uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aTokenIsAskedForButNotOfProbes() throws Exception {
    Access access = new Access(Optional.of("s3cret"), Optional.empty());
    try (Server server = server(access);
        HttpClient client = HttpClient.newHttpClient()) {
      String root = "http://127.0.0.1:%s".formatted(server.port());
      assertEquals(200, status(client, root + "/v2/health/ready"));
      for (String path : List.of("/v2", "/v2/models/small", "/metrics", "/nothing")) {
        assertEquals(401, status(client, root + path), path);
        assertEquals(401, status(client, root + path, "Authorization", "Bearer s3cre"), path);
      }
      assertEquals(200, status(client, root + "/"), "a browser that opens a page has no token");
      assertEquals(200, status(client, root + "/v2", "Authorization", "Bearer s3cret"));
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
      assertEquals(
          Status.Code.UNAUTHENTICATED,
          assertThrows(
                  StatusRuntimeException.class,
                  () ->
                      ClientCalls.blockingUnaryCall(
                          channel,
                          GrpcTest.unary("ServerMetadata"),
                          CallOptions.DEFAULT,
                          new byte[0]))
              .getStatus()
              .getCode());
      channel.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "one\nmore"})
  void whatIsNoTokenIsRefused(String text) {
    assertThrows(
        IllegalArgumentException.class, () -> new Access(Optional.of(text), Optional.empty()));
  }

  @Test
  void onlyTheTokenAdmits() {
    Access access = new Access(Optional.of("s3cret"), Optional.empty());
    assertTrue(access.admits(Optional.of("Bearer s3cret")));
    assertFalse(access.admits(Optional.of("s3cret")));
    assertFalse(access.admits(Optional.empty()));
    assertTrue(Access.OPEN.admits(Optional.empty()));
  }

  @Test
  void connectionsAreByTlsWithACertificate(@TempDir Path folder) throws Exception {
    KeyStore keys = keys(folder.resolve("keys.p12"));
    Path chain = pem(folder, "CERTIFICATE", keys.getCertificate("server").getEncoded());
    Path key = pem(folder, "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
    Access access = new Access(Optional.empty(), Optional.of(new Access.Certificate(chain, key)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (Server server = server(access)) {
      String address = "127.0.0.1:%s/v2/models/small".formatted(server.port());
      for (HttpClient.Version version : HttpClient.Version.values()) {
        try (HttpClient client =
            HttpClient.newBuilder().sslContext(context).version(version).build()) {
          assertEquals(200, status(client, "https://" + address), version.name());
        }
      }
      try (HttpClient plain = HttpClient.newHttpClient()) {
        assertThrows(IOException.class, () -> status(plain, "http://" + address));
      }
    }
  }

  private static KeyStore keys(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    // What is trusted must be an entry of its own.
    keys.setCertificateEntry("trusted", keys.getCertificate("server"));
    return keys;
  }

  private static Path pem(Path folder, String kind, byte[] bytes) throws IOException {
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind));
  }
}
