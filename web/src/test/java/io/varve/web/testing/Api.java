package io.varve.web.testing;

import io.varve.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A client as anybody could write one. Immutable but for those who watch its exchanges. */
public final class Api {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;
  private final Map<String, String> headers;
  private final List<Consumer<Answer>> watchers;

  /** What came back. */
  public record Answer(String method, String path, int status, HttpResponse<String> response) {

    public JsonNode json() {
      return response.body().isEmpty()
          ? JsonNodeFactory.instance.missingNode()
          : Json.read(response.body(), JsonNode.class);
    }

    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public String id() {
      return json().path("id").asString();
    }

    public String etag() {
      return String.valueOf(header("ETag"));
    }

    public String number() {
      return String.valueOf(header("Varve-Number"));
    }

    /** The last part of the problem's type. */
    public String problem() {
      return json().path("type").asString("").replace("/problems/", "");
    }

    /** The answer, if it has that status. */
    public Answer is(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "%s %s: %d instead of %d: %s"
                .formatted(method, path, status, expected, response.body()));
      }
      return this;
    }
  }

  Api(String base) {
    this(base, Map.of(), new ArrayList<>());
  }

  /** A client of a server that runs somewhere. */
  public static Api at(String base) {
    return new Api(base);
  }

  private Api(String base, Map<String, String> headers, List<Consumer<Answer>> watchers) {
    this.base = base;
    this.headers = headers;
    this.watchers = watchers;
  }

  /** Hands every answer to somebody who looks at it, this client's and that of all made from it. */
  public Api watchedBy(Consumer<Answer> watcher) {
    watchers.add(watcher);
    return this;
  }

  public Api with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Api(base, more, watchers);
  }

  public Api as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Api signedIn(String email, String password) {
    return as(
        post("/api/auth/login", Map.of("email", email, "password", password))
            .is(200)
            .json()
            .path("accessToken")
            .asString());
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  /** What is not text. */
  public HttpResponse<byte[]> bytes(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer post(String path, Object body) {
    return send("POST", path, Json.write(body));
  }

  public Answer post(String path) {
    return send("POST", path, null);
  }

  public Answer put(String path, String ifMatch, Object body) {
    return with("If-Match", ifMatch).send("PUT", path, Json.write(body));
  }

  /** A stream that never ends is left where it has begun. */
  private static BodySubscriber<String> body(ResponseInfo answer) {
    return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")
        ? new Unread()
        : BodyHandlers.ofString().apply(answer);
  }

  public Answer send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), Api::body);
      var answer = new Answer(method, path, response.statusCode(), response);
      watchers.forEach(watcher -> watcher.accept(answer));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
