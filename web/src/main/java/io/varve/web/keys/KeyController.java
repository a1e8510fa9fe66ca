package io.varve.web.keys;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.tenancy.RecordKeyRotation;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.KeyRing;
import io.varve.events.tenancy.PlatformId;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import io.varve.web.access.Needs;
import io.varve.web.auth.Callers;
import io.varve.web.http.Body;
import io.varve.web.openapi.Says;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The installation's own keys: which versions there are, and a new one. Never a key. */
@RestController
@RequestMapping("/api/platform/keys")
final class KeyController {

  private final DataFolder folder;
  private final Callers callers;
  private final Commands commands;

  KeyController(DataFolder folder, Callers callers, Commands commands) {
    this.folder = folder;
    this.callers = callers;
    this.commands = commands;
  }

  /** A key to be rotated. */
  record Rotation(KeyRing ring) {}

  /**
   * A version of a key.
   *
   * @param since when it was made
   */
  record KeyVersion(KeyRing ring, int version, Instant since) {}

  /** All versions that there are. */
  record KeyVersions(List<KeyVersion> items) {}

  @Says("Lists the versions of the installation's own keys, the newest of each in use")
  @Needs(Permission.PLATFORM_READ)
  @GetMapping
  KeyVersions list() {
    return new KeyVersions(
        Arrays.stream(KeyRing.values())
            .flatMap(ring -> files(ring).versions().stream().map(v -> view(ring, v)))
            .toList());
  }

  @Says("Adds a version of a key, which is in use on every node within seconds")
  @Needs(value = Permission.PLATFORM_WRITE, fresh = true)
  @PostMapping("/rotate")
  KeyVersion rotate(@Body Rotation rotation, Caller caller) {
    var rules = new Rules();
    rules.required("/ring", rotation.ring());
    rules.enforce();
    Version<?> added = files(rotation.ring()).add();
    commands.send(
        callers.noting(caller),
        new RecordKeyRotation(new PlatformId(caller.tenant()), rotation.ring(), added.number()),
        Terms.NONE);
    return view(rotation.ring(), added);
  }

  private KeyFiles<?> files(KeyRing ring) {
    return RingFiles.of(ring, folder::secretFile);
  }

  private static KeyVersion view(KeyRing ring, Version<?> version) {
    return new KeyVersion(ring, version.number(), version.since());
  }
}
