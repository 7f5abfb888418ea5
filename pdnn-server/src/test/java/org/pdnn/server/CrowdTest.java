package org.pdnn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.pdnn.server.protocol.RequestException;

@Timeout(60)
@Isolated("other servers of this process would see its crowd")
class CrowdTest {
  /// While too many threads wait, and a little longer.
  @Test
  void aCrowdIsRefusedUntilItHasGone() throws Exception {
    AtomicInteger queued = new AtomicInteger(Crowd.MOST - 1);
    Crowd crowd = new Crowd(queued::get);
    crowd.admit();
    queued.incrementAndGet();
    long start = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      RequestException why = assertThrows(RequestException.class, crowd::admit);
      assertEquals(RequestException.Kind.FULL, why.kind());
      assertTrue(why.again());
    }
    queued.set(0);
    boolean admitted = false;
    while (!admitted) {
      try {
        crowd.admit();
        admitted = true;
      } catch (RequestException e) {
        Thread.sleep(1);
      }
    }
    assertTrue(System.nanoTime() - start >= 10_000_000);
  }

  /// Threads that spin keep all processors, so that the others wait for them.
  @Test
  void virtualThreadsThatWaitForAProcessorAreCounted() throws Exception {
    int many = Crowd.MOST + 10 * Runtime.getRuntime().availableProcessors();
    CountDownLatch refused = new CountDownLatch(1);
    Crowd crowd = Crowd.ofConnections();
    for (int i = 0; i < many; i++) {
      Thread.ofVirtual()
          .start(() -> {
            while (refused.getCount() > 0) {
              Thread.onSpinWait();
            }
          });
    }
    assertThrows(RequestException.class, crowd::admit);
    refused.countDown();
  }
}
