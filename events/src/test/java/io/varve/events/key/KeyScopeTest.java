package io.varve.events.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.access.Permission;
import org.junit.jupiter.api.Test;

class KeyScopeTest {

  @Test
  void eachScopeCoversTheOneBeforeIt() {
    assertThat(KeyScope.READ.permissions())
        .contains(Permission.RISK_READ)
        .allMatch(Permission::isRead)
        .allMatch(permission -> permission.kind() == Permission.Kind.MODEL);
    assertThat(KeyScope.WRITE.permissions())
        .containsAll(KeyScope.READ.permissions())
        .contains(Permission.RISK_WRITE)
        .doesNotContain(Permission.AUDIT_READ);
    assertThat(KeyScope.ADMIN.permissions())
        .containsAll(KeyScope.WRITE.permissions())
        .contains(Permission.AUDIT_READ);
  }

  @Test
  void noScopeCoversWhatDecidesOverRightsAndSecrets() {
    for (KeyScope scope : KeyScope.values()) {
      assertThat(scope.permissions())
          .extracting(Permission::kind)
          .doesNotContain(Permission.Kind.SENSITIVE, Permission.Kind.INTERNAL);
    }
  }
}
