package io.varve.web.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.query.NotThereException;
import io.varve.query.QuerySide;
import io.varve.query.seal.SealKey;
import io.varve.web.access.Needs;
import io.varve.web.access.Public;
import io.varve.web.auth.PlatformTenant;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log over all tenants' checkpoints, of which everybody may know how it stands. */
@RestController
final class LogController {

  private final QuerySide queries;
  private final PlatformTenant platform;

  LogController(QuerySide queries, PlatformTenant platform) {
    this.queries = queries;
    this.platform = platform;
  }

  /**
   * A key that has sealed from a time on.
   *
   * @param key as C2SP's signed-note writes it
   * @param statement the signed note with which it was introduced
   */
  record SealKeyView(int version, String key, Instant since, String statement) {

    static SealKeyView of(SealKey key) {
      return new SealKeyView(key.version(), key.key(), key.since(), key.statement());
    }
  }

  /** All of them, the oldest first. */
  record SealKeySet(List<SealKeyView> keys) {}

  @Public
  @Says("Lists the keys that have sealed the ledger, each vouched for by the one before it")
  @GetMapping("/.well-known/varve-seal-keys")
  SealKeySet keys() {
    return new SealKeySet(
        queries.seals().keys(platform.id()).stream().map(SealKeyView::of).toList());
  }

  /** As text, byte for byte as it was signed: so it is none of the document's JSON operations. */
  @Public
  @GetMapping("/.well-known/varve-checkpoint")
  void newest(HttpServletResponse response) throws IOException {
    byte[] note =
        queries
            .seals()
            .log(platform.id())
            .orElseThrow(() -> new NotThereException("checkpoint"))
            .note()
            .getBytes(UTF_8);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(note.length);
    response.getOutputStream().write(note);
  }

  @Says("Proves that the log over all tenants has only grown between two of its sizes")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/platform/checkpoints/consistency")
  ConsistencyView consistency(
      @RequestParam(required = false) @Nullable Long from,
      @RequestParam(required = false) @Nullable Long to,
      Caller caller) {
    return ConsistencyView.of(queries.seals().logConsistency(caller, from, to));
  }
}
