package io.varve.web.key;

import io.varve.command.key.RevokeApiKey;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.query.Document;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.key.ApiKeys;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed(Root.TENANTS)
@RequestMapping(ApiKeyController.PATH)
final class ApiKeyController implements Lists {

  static final String PATH = "/api/api-keys";

  private final KeySecrets secrets;

  ApiKeyController(KeySecrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Listing<?> listing() {
    return ApiKeys.LISTING;
  }

  @Says("Lists API keys, without their secrets")
  @Needs(Permission.API_KEY_READ)
  @GetMapping
  Page<ApiKeyView> list(ListRequest request, Read read) {
    Page<Document<ApiKey>> page = read.list(ApiKeys.LISTING, request, key -> key);
    Map<UUID, Instant> uses =
        secrets.lastUses(read.caller().tenant(), page.items().stream().map(Document::id).toList());
    return new Page<>(
        page.items().stream().map(key -> ApiKeyView.of(key, uses::get)).toList(), page.next());
  }

  @Says("Shows an API key, without its secret")
  @Needs(Permission.API_KEY_READ)
  @GetMapping("/{id}")
  ResponseEntity<ApiKeyView> one(@PathVariable UUID id, Read read) {
    Map<UUID, Instant> uses = secrets.lastUses(read.caller().tenant(), List.of(id));
    return read.one(ApiKeys.LISTING, id, key -> ApiKeyView.of(key, uses::get));
  }

  /**
   * Its secret is kept once the ledger has the key: should that fail, there is a key that opens
   * nothing, and that its maker sees and can revoke.
   */
  @Says("Makes an API key, whose secret is told in this answer and never again")
  @Needs(Permission.API_KEY_WRITE)
  @PostMapping
  ResponseEntity<IssuedApiKey> issue(@Body NewApiKey wanted, Caller caller, Write write) {
    KeyText key = KeyText.random();
    ResponseEntity<Written> answer =
        write.create(PATH, wanted.issue(new ApiKeyId(Ids.next()), key.prefix()));
    Written written = Objects.requireNonNull(answer.getBody());
    boolean told = Write.isReplayed(answer);
    if (!told) {
      secrets.keep(caller.tenant(), written.id(), key.secret());
    }
    return new ResponseEntity<>(
        IssuedApiKey.of(written, told ? null : key), answer.getHeaders(), answer.getStatusCode());
  }

  @Says("Lets an API key open nothing any more, for good")
  @Needs(Permission.API_KEY_WRITE)
  @PostMapping("/{id}/revoke")
  ResponseEntity<Written> revoke(@PathVariable UUID id, Write write) {
    return write.change(new RevokeApiKey(new ApiKeyId(id)));
  }
}
