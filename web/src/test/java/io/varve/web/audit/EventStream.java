package io.varve.web.audit;

import io.varve.events.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of server-sent events that reads as they come. */
final class EventStream implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<InputStream> response;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private volatile String lastId = "";
  private final AtomicInteger comments = new AtomicInteger();
  private volatile boolean ended;

  EventStream(String url, String token, @Nullable String lastEventId) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    Thread.ofVirtual().start(this::read);
  }

  int status() {
    return response.statusCode();
  }

  List<JsonNode> events() {
    return events;
  }

  List<Long> numbers() {
    return events.stream().map(event -> event.path("number").asLong()).toList();
  }

  String lastId() {
    return lastId;
  }

  int comments() {
    return comments.get();
  }

  boolean hasEnded() {
    return ended;
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          events.add(Json.read(line.substring(6), JsonNode.class));
        } else if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith(":")) {
          comments.incrementAndGet();
        }
      }
    } catch (IOException closed) {
      // As good as an end.
    } finally {
      ended = true;
    }
  }

  void leave() throws IOException {
    response.body().close();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
