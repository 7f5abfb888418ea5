package org.pdnn.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Loads of a server whose replies are known. A request is one byte.
@Timeout(60)
class ServingLoadTest {
  private static final byte[][] REQUESTS = {{'a'}, {'b'}};
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: x\r\ncontent-length: 7\r\n\r\n{}{\u0003\0\0\0";

  /// Replies in turn, each split in the middle; an empty one closes the connection.
  private static final class Replies implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    Replies(Duration delay, String... replies) throws IOException {
      pool.execute(() -> {
        while (!listener.isClosed()) {
          try {
            Socket socket = listener.accept();
            pool.execute(() -> answer(socket, delay, replies));
          } catch (IOException e) {
            return;
          }
        }
      });
    }

    private void answer(Socket socket, Duration delay, String... replies) {
      try (socket) {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
          byte[] reply =
              replies[asked.getAndIncrement() % replies.length].getBytes(
                  StandardCharsets.ISO_8859_1);
          Thread.sleep(delay);
          if (reply.length == 0) {
            return;
          }
          socket.getOutputStream().write(reply, 0, reply.length / 2);
          socket.getOutputStream().flush();
          socket.getOutputStream().write(reply, reply.length / 2, reply.length - reply.length / 2);
        }
      } catch (IOException e) {
        // The client has gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    InetSocketAddress address() {
      return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    ServingLoad load() {
      return new ServingLoad(address(), REQUESTS, Duration.ofSeconds(5));
    }

    @Override
    public void close() throws IOException {
      listener.close();
      pool.shutdownNow();
    }
  }

  @Test
  void eachReplyIsCountedAsWhatItIs() throws IOException {
    try (Replies replies =
        new Replies(
            Duration.ZERO,
            ANSWER,
            "HTTP/1.1 429 Too Many\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 500 Failed\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\0\0\0\0",
            "")) {
      ServingLoad load = replies.load().closed(3, 60);
      assertEquals(20, load.answered.count());
      assertEquals(20, load.inTime.sum());
      assertEquals(10, load.empty.sum());
      assertEquals(3, load.samples.quantile(1));
      assertEquals(10, load.refused.count());
      assertEquals(20, load.other.sum());
      assertEquals(10, load.lost.sum());
    }
  }

  /// A reply takes 20 ms, requests are due every 2 ms, and there is one connection: the hundredth
  /// waits for those before it, which its time has to tell.
  @Test
  void timesCountFromWhenARequestWasDue() throws IOException {
    try (Replies replies = new Replies(Duration.ofMillis(20), ANSWER)) {
      ServingLoad load = replies.load().open(1, 500, Duration.ofMillis(200));
      assertEquals(100, load.answered.count());
      assertTrue(load.answered.greatest() >= 100 * 18_000_000L, "the wait was left out");
    }
  }

  @Test
  void aServerThatIsNotThereIsLostRequests() throws IOException {
    InetSocketAddress gone;
    try (Replies replies = new Replies(Duration.ZERO, ANSWER)) {
      gone = replies.address();
    }
    ServingLoad load = new ServingLoad(gone, REQUESTS, Duration.ofSeconds(1)).closed(2, 10);
    assertEquals(10, load.lost.sum());
  }

  @Test
  void theFirstEventOfAStreamIsAwaitedAndTheRestRead() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String events = head + "a\r\ndata: {}\n\n\r\na\r\ndata: {}\n\n\r\n0\r\n\r\n";
    try (Replies replies =
            new Replies(
                Duration.ofMillis(5),
                events,
                events,
                "HTTP/1.1 400 Wrong\r\nContent-Length: 0\r\n\r\n");
        ServingClient client = new ServingClient(replies.address())) {
      assertTrue(client.firstEvent(REQUESTS[0]) >= 5_000_000);
      assertTrue(client.firstEvent(REQUESTS[0]) >= 5_000_000);
      assertThrows(IOException.class, () -> client.firstEvent(REQUESTS[0]));
    }
  }
}
