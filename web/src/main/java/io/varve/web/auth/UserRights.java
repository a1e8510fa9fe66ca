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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

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
  private final Cache<User, Set<Permission>> permissions =
      Caffeine.newBuilder().expireAfterWrite(Recent.AGE).maximumSize(Recent.STREAMS).build();

  UserRights(Recent recent, Rights rights, PlatformTenant platform) {
    this.recent = recent;
    this.rights = rights;
    this.platform = platform.id();
  }

  /** What all roles of a user permit together: the given one, the tenant's own, its groups'. */
  Set<Permission> permissions(User user) {
    return permissions.get(user, rights::of);
  }

  /** What somebody may do who acts as the user: nothing that decides over rights and secrets. */
  Set<Permission> ofImpersonator(User user) {
    Set<Permission> all = EnumSet.copyOf(permissions(user));
    all.removeIf(permission -> permission.kind() == Permission.Kind.SENSITIVE);
    return all;
  }

  /** Looks again when it is asked the next time. */
  void forget(User user) {
    permissions.invalidate(user);
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

  /** The version of a set of permissions, which a token carries: another set, another version. */
  static String version(Set<Permission> permissions) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      permissions.stream()
          .map(Permission::text)
          .sorted()
          .forEach(text -> sha256.update((text + ' ').getBytes(UTF_8)));
      return HexFormat.of().formatHex(sha256.digest(), 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
