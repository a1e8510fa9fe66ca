package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.varve.command.identity.Rights;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.Tenant;
import io.varve.web.http.Sha256;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a user may do, and whether that takes a second factor. */
public final class UserRights {

  /** Who can require a second factor of a user. */
  public enum Level {
    PLATFORM,
    ORGANIZATION,
    TENANT,
    CARRIER,
    USER
  }

  private static final int VERSION_BYTES = 8;

  private final Recent recent;
  private final Rights rights;
  private final UUID platform;

  /** By the user as the ledger has it: who is given another role is another user. */
  private final Cache<User, Granted> granted =
      Caffeine.newBuilder().expireAfterWrite(Recent.AGE).maximumSize(Recent.STREAMS).build();

  UserRights(Recent recent, Rights rights, PlatformTenant platform) {
    this.recent = recent;
    this.rights = rights;
    this.platform = platform.id();
  }

  /**
   * What somebody may do.
   *
   * @param version which a token carries: of another set it is another
   */
  record Granted(Set<Permission> permissions, String version) {

    static Granted of(Set<Permission> permissions) {
      MessageDigest sha256 = Sha256.digest();
      permissions.stream()
          .map(Permission::text)
          .sorted()
          .forEach(text -> sha256.update((text + ' ').getBytes(UTF_8)));
      String version = HexFormat.of().formatHex(sha256.digest(), 0, VERSION_BYTES);
      return new Granted(Set.copyOf(permissions), version);
    }
  }

  /** What all roles of a user permit together: the given one, the tenant's own, its groups'. */
  Granted of(User user) {
    return granted.get(user, known -> Granted.of(rights.of(known)));
  }

  /** What somebody may do who acts as the user: nothing that decides over rights and secrets. */
  Granted ofImpersonator(User user) {
    return Granted.of(
        of(user).permissions().stream()
            .filter(permission -> permission.kind() != Permission.Kind.SENSITIVE)
            .collect(Collectors.toSet()));
  }

  /** Looks again when it is asked the next time. */
  void forget(User user) {
    granted.invalidate(user);
  }

  /**
   * Whether a user must give a second factor: because there is one, or because anybody requires it.
   */
  boolean requireSecondFactor(User user) {
    return user.totp() != null || !levelsThatRequireSecondFactor(user).isEmpty();
  }

  /** Who requires a second factor of a user: itself, its home, or whoever is above its home. */
  public Set<Level> levelsThatRequireSecondFactor(User user) {
    Set<Level> levels = EnumSet.noneOf(Level.class);
    require(levels, Level.USER, user.mfaRequired());
    requireOf(levels, Level.PLATFORM, Platform.STREAM, platform, Platform::mfaRequired);
    UUID home = user.home();
    switch (user.role().scope()) {
      case PLATFORM -> {}
      case ORGANIZATION -> requireOfOrganization(levels, home);
      case TENANT -> {
        requireOf(levels, Level.TENANT, Tenant.STREAM, home, Tenant::mfaRequired);
        recent
            .find(Tenant.STREAM, home, home)
            .ifPresent(tenant -> requireOfOrganization(levels, tenant.organization().value()));
      }
      case CARRIER -> requireOf(levels, Level.CARRIER, Carrier.STREAM, home, Carrier::mfaRequired);
    }
    return levels;
  }

  private void requireOfOrganization(Set<Level> levels, UUID id) {
    requireOf(levels, Level.ORGANIZATION, Organization.STREAM, id, Organization::mfaRequired);
  }

  private <S extends State> void requireOf(
      Set<Level> levels,
      Level level,
      StreamDefinition<S, ?> stream,
      UUID id,
      Predicate<S> required) {
    require(levels, level, recent.find(stream, id, id).filter(required).isPresent());
  }

  private static void require(Set<Level> levels, Level level, boolean required) {
    if (required) {
      levels.add(level);
    }
  }
}
