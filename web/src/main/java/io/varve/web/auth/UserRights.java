package io.varve.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.varve.command.identity.Rights;
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

/** What a user may do, and whether that takes a second factor. */
final class UserRights {

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
   * Whether a user must give a second factor: because there is one, or because the user, the home,
   * or whoever is above the home requires it.
   */
  boolean requireSecondFactor(User user) {
    if (user.totp() != null || user.mfaRequired() || platformRequires()) {
      return true;
    }
    return switch (user.role().scope()) {
      case PLATFORM -> false;
      case ORGANIZATION -> organizationRequires(user.home());
      case TENANT -> tenantRequires(user.home());
      case CARRIER ->
          recent
              .find(Carrier.STREAM, user.home(), user.home())
              .filter(Carrier::mfaRequired)
              .isPresent();
    };
  }

  private boolean platformRequires() {
    return recent
        .find(Platform.STREAM, platform, platform)
        .filter(Platform::mfaRequired)
        .isPresent();
  }

  private boolean organizationRequires(UUID id) {
    return recent.find(Organization.STREAM, id, id).filter(Organization::mfaRequired).isPresent();
  }

  private boolean tenantRequires(UUID id) {
    return recent
        .find(Tenant.STREAM, id, id)
        .filter(t -> t.mfaRequired() || organizationRequires(t.organization().value()))
        .isPresent();
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
