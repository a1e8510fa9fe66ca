package io.varve.events.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.identity.UserId;
import io.varve.events.source.SourceId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyPermissionsTest {

  private static final Set<Permission> ADMIN = Role.TENANT_ADMIN.permissions();

  @Test
  void aKeyHasWhatItsScopesAndItsMakerHave() {
    assertThat(key(ApiKey.Use.API, KeyScope.READ).permissions(ADMIN))
        .contains(Permission.RISK_READ)
        .doesNotContain(Permission.RISK_WRITE, Permission.USER_READ);
    assertThat(key(ApiKey.Use.API, KeyScope.ADMIN).permissions(Role.TENANT_USER.permissions()))
        .contains(Permission.RISK_READ, Permission.USER_READ)
        .doesNotContain(Permission.RISK_WRITE, Permission.AUDIT_READ);
    assertThat(key(ApiKey.Use.API, KeyScope.ADMIN).permissions(Set.of())).isEmpty();
  }

  @Test
  void noKeyEverDecidesOverRightsAndSecrets() {
    for (ApiKey.Use use : ApiKey.Use.values()) {
      assertThat(key(use, KeyScope.values()).permissions(EnumSet.allOf(Permission.class)))
          .noneMatch(permission -> permission.kind() == Permission.Kind.SENSITIVE);
    }
  }

  @Test
  void aKeyOfOneUseHasThatAloneAndOnlyWhileItsMakerCouldDoIt() {
    assertThat(key(ApiKey.Use.PUSH).permissions(ADMIN))
        .containsExactly(Permission.OBSERVATION_PUSH);
    assertThat(key(ApiKey.Use.DIRECTORY).permissions(ADMIN))
        .containsExactly(Permission.DIRECTORY_WRITE);
    assertThat(key(ApiKey.Use.PUSH).permissions(Role.TENANT_USER.permissions())).isEmpty();
    assertThat(key(ApiKey.Use.DIRECTORY).permissions(Set.of(Permission.GROUP_WRITE))).isEmpty();
  }

  @Test
  void aKeyHasExpiredFromItsEndOn() {
    Instant end = Instant.parse("2026-03-01T08:00:00Z");
    assertThat(expiring(end).isExpired(end.minusNanos(1))).isFalse();
    assertThat(expiring(end).isExpired(end)).isTrue();
    assertThat(key(ApiKey.Use.DIRECTORY).isExpired(Instant.MAX)).isFalse();
  }

  private static ApiKey expiring(Instant end) {
    ApiKey key = key(ApiKey.Use.API, KeyScope.READ);
    return new ApiKey(
        key.id(),
        key.name(),
        key.maker(),
        key.prefix(),
        key.use(),
        key.scopes(),
        null,
        end,
        key.status());
  }

  private static ApiKey key(ApiKey.Use use, KeyScope... scopes) {
    return new ApiKey(
        new ApiKeyId(new UUID(1, 1)),
        "Key",
        new UserId(new UUID(1, 2)),
        "k3v9x0abcd",
        use,
        new TreeSet<>(List.of(scopes)),
        use == ApiKey.Use.PUSH ? new SourceId(new UUID(1, 3)) : null,
        null,
        ApiKey.Status.ACTIVE);
  }
}
