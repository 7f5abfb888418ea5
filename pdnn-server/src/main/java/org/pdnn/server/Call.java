package org.pdnn.server;

import java.util.List;
import java.util.Optional;
import org.pdnn.server.passes.Outcome;
import org.pdnn.server.passes.Question;
import org.pdnn.server.passes.Work;

/// A request as it is noted, whichever transport brought it.
final class Call {
  private static final int OK = 200;

  private final String client;
  private final String method;
  private final String path;
  private final long arrival = System.nanoTime();
  private Optional<Work> work = Optional.empty();
  private List<Outcome> outcomes = List.of();
  private int status = OK;
  private long bytes;

  /// @param client the address that it came from
  /// @param path as it was sent, without a query
  Call(String client, String method, String path) {
    this.client = client;
    this.method = method;
    this.path = path;
  }

  String client() {
    return client;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /// When the request was there, by [System#nanoTime].
  long arrival() {
    return arrival;
  }

  /// What was asked, as far as it was understood.
  Optional<Question> question() {
    return work.map(Work::question);
  }

  void asked(Work what) {
    work = Optional.of(what);
  }

  /// The response is sent, at a time by [System#nanoTime].
  void over(long end) {
    work.ifPresent(asked -> asked.sent(end));
  }

  /// What was answered.
  List<Outcome> outcomes() {
    return outcomes;
  }

  void answered(List<Outcome> what) {
    outcomes = what;
  }

  /// As HTTP numbers it.
  int status() {
    return status;
  }

  void ended(int how) {
    status = how;
  }

  /// Of the response's body.
  long bytes() {
    return bytes;
  }

  void sent(long some) {
    bytes += some;
  }
}
