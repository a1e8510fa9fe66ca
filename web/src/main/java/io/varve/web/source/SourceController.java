package io.varve.web.source;

import io.varve.command.source.PauseSource;
import io.varve.command.source.ResumeSource;
import io.varve.command.source.SetSourceCredential;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.source.SourceId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.source.Sources;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Secrets;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed(Root.TENANTS)
@RequestMapping(SourceController.PATH)
final class SourceController implements Lists {

  static final String PATH = "/api/sources";
  private static final int MAX_CREDENTIAL = 8_000;

  private final Secrets secrets;

  SourceController(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * A secret for a source's endpoint.
   *
   * @param credential absent to take it away
   */
  record SourceCredential(@Nullable String credential) {}

  @Override
  public Listing<?> listing() {
    return Sources.LISTING;
  }

  @Says("Lists sources")
  @Needs(Permission.SOURCE_READ)
  @GetMapping
  Page<SourceView> list(ListRequest request, Read read) {
    return read.list(Sources.LISTING, request, SourceView::of);
  }

  @Says("Shows a source; never its credential")
  @Needs(Permission.SOURCE_READ)
  @GetMapping("/{id}")
  ResponseEntity<SourceView> one(@PathVariable UUID id, Read read) {
    return read.one(Sources.LISTING, id, SourceView::of);
  }

  @Says("Registers a source")
  @Needs(Permission.SOURCE_WRITE)
  @PostMapping
  ResponseEntity<Written> register(@Body NewSource source, Caller caller, Write write) {
    var id = new SourceId(Ids.next());
    return secrets.keepFor(
        caller,
        Permission.CREDENTIAL_WRITE,
        checked(source.credential()),
        secret -> write.create(PATH, source.register(id, secret)));
  }

  @Says("Gives a source these fields")
  @Needs(Permission.SOURCE_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body SourceFields fields, Write write) {
    return write.change(fields.revise(new SourceId(id)));
  }

  @Says("Gives a source another credential, or none")
  @Needs(Permission.CREDENTIAL_WRITE)
  @PutMapping("/{id}/credential")
  ResponseEntity<Written> setCredential(
      @PathVariable UUID id, @Body SourceCredential given, Caller caller, Write write) {
    return secrets.keepFor(
        caller,
        Permission.CREDENTIAL_WRITE,
        checked(given.credential()),
        secret -> write.change(new SetSourceCredential(new SourceId(id), secret)));
  }

  @Says("Takes no values from a source for the time being")
  @Needs(Permission.SOURCE_WRITE)
  @PostMapping("/{id}/pause")
  ResponseEntity<Written> pause(@PathVariable UUID id, Write write) {
    return write.change(new PauseSource(new SourceId(id)));
  }

  @Says("Takes values from a paused source again")
  @Needs(Permission.SOURCE_WRITE)
  @PostMapping("/{id}/resume")
  ResponseEntity<Written> resume(@PathVariable UUID id, Write write) {
    return write.change(new ResumeSource(new SourceId(id)));
  }

  private static @Nullable String checked(@Nullable String credential) {
    if (credential != null) {
      var rules = new Rules();
      rules.prose("/credential", credential, MAX_CREDENTIAL);
      rules.hold(!credential.isBlank(), "/credential", "blank", "must not be blank");
      rules.enforce();
    }
    return credential;
  }
}
