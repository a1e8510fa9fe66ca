package io.varve.web.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes server-sent events (the HTML standard, section 9.2). */
final class EventWriter {

  private final JsonMapper json;
  private final HttpServletResponse response;

  EventWriter(JsonMapper json, HttpServletResponse response) {
    this.json = json;
    this.response = response;
  }

  /** Says where the stream begins, so that a client which loses it at once can resume there. */
  void begin(long after) throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(UTF_8);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Otherwise a proxy may keep events until it has many.
    response.setHeader("X-Accel-Buffering", "no");
    beat(after);
  }

  /** A comment, and an event without data, which tells no more than where to resume. */
  void beat(long upTo) throws IOException {
    send(": up to " + upTo + "\nid: " + upTo + "\n\n");
  }

  void write(List<AuditView> events) throws IOException {
    var text = new StringBuilder();
    for (AuditView event : events) {
      text.append("id: ").append(event.number());
      text.append("\ndata: ").append(json.writeValueAsString(event)).append("\n\n");
    }
    send(text.toString());
  }

  private void send(String text) throws IOException {
    OutputStream out = response.getOutputStream();
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
