package io.varve.command.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.LedgerRefusal;
import io.varve.command.source.RegisterSource;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Role;
import io.varve.events.identity.UserId;
import io.varve.events.key.ApiKey;
import io.varve.events.key.ApiKeyId;
import io.varve.events.key.KeyScope;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeyAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final ApiKeyId id = new ApiKeyId(UUID.randomUUID());
  private final String prefix = prefix();
  private Caller maker = Node.caller();

  @BeforeEach
  void aMaker() {
    maker = someMaker();
  }

  @Test
  void aKeyIsMadeByWhoeverAsksForIt() {
    node.send(maker, forApi(id, prefix));
    ApiKey key = node.ledger().state(ApiKey.STREAM, id);
    assertThat(key.maker().value()).isEqualTo(maker.actor().id());
    assertThat(key.status()).isEqualTo(ApiKey.Status.ACTIVE);
  }

  @Test
  void itsMakerIsAUserOfTheSameHome() {
    Caller stranger = Node.caller(maker.tenant());
    assertThat(node.violations(stranger, forApi(id, prefix)))
        .containsExactly("/maker no-such-user");
  }

  @Test
  void aPrefixIsOneKeysInTheWholePlatformAndStaysARevokedOnes() {
    node.send(maker, forApi(id, prefix));
    node.send(maker, new RevokeApiKey(id));
    var second = forApi(new ApiKeyId(UUID.randomUUID()), prefix);
    assertThat(node.refusal(someMaker(), second))
        .isInstanceOfSatisfying(
            LedgerRefusal.ValueTaken.class,
            taken -> assertThat(taken.pointer()).isEqualTo("/prefix"));
  }

  @Test
  void aPrefixIsEightToTwelveLowerCaseLettersAndDigits() {
    for (String wrong : new String[] {"short12", "muchtoolong12", "UPPERCASE", "under_score"}) {
      assertThat(node.violations(maker, forApi(id, wrong))).containsExactly("/prefix malformed");
    }
  }

  @Test
  void onlyAKeyForTheApiHasScopesAndItHasAtLeastOne() {
    assertThat(node.violations(maker, key(ApiKey.Use.API, Examples.setOf(), null, null)))
        .containsExactly("/scopes required");
    assertThat(
            node.violations(
                maker, key(ApiKey.Use.DIRECTORY, Examples.setOf(KeyScope.READ), null, null)))
        .containsExactly("/scopes not-for-this-use");
    node.send(maker, key(ApiKey.Use.DIRECTORY, Examples.setOf(), null, null));
  }

  @Test
  void aKeyForPushingIsForASourceOfTheTenantThatIsPushedTo() {
    var pushed = new SourceId(UUID.randomUUID());
    var fetched = new SourceId(UUID.randomUUID());
    node.send(maker, pushed(pushed));
    node.send(maker, Examples.source(fetched));
    assertThat(node.violations(maker, push(null))).containsExactly("/source required");
    assertThat(node.violations(maker, push(fetched))).containsExactly("/source not-pushed-to");
    assertThat(node.violations(someMaker(), push(pushed)))
        .containsExactly("/source no-such-source");
    assertThat(
            node.violations(
                maker, key(ApiKey.Use.API, Examples.setOf(KeyScope.READ), pushed, null)))
        .containsExactly("/source not-for-this-use");
    node.send(maker, push(pushed));
    assertThat(node.ledger().state(ApiKey.STREAM, id).source()).isEqualTo(pushed);
  }

  @Test
  void aKeyExpiresInTheFutureWithinTwoYearsOrNever() {
    assertThat(node.violations(maker, expiring(Duration.ZERO))).containsExactly("/expires past");
    assertThat(node.violations(maker, expiring(ApiKey.LONGEST.plusSeconds(1))))
        .containsExactly("/expires too-far");
    node.send(maker, expiring(ApiKey.LONGEST));
  }

  @Test
  void aKeyIsRevokedOnce() {
    node.send(maker, forApi(id, prefix));
    node.send(maker, new RevokeApiKey(id));
    assertThat(node.answer(maker, new RevokeApiKey(id))).isEqualTo("api-key-revoked");
    assertThat(node.ledger().types(id)).containsExactly("api-key.issued", "api-key.revoked");
  }

  private static Caller someMaker() {
    Caller admin = Examples.tenantOf(node);
    var user = new UserId(admin.actor().id());
    node.send(admin, Examples.user(user, user.value() + "@example.com", Role.TENANT_ADMIN));
    return admin;
  }

  private static String prefix() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private static IssueApiKey forApi(ApiKeyId id, String prefix) {
    return new IssueApiKey(
        id, "Reports", prefix, ApiKey.Use.API, Examples.setOf(KeyScope.READ), null, null);
  }

  private IssueApiKey push(@Nullable SourceId source) {
    return key(ApiKey.Use.PUSH, Examples.setOf(), source, null);
  }

  private IssueApiKey expiring(Duration in) {
    return key(
        ApiKey.Use.API, Examples.setOf(KeyScope.ADMIN), null, node.clock().instant().plus(in));
  }

  private IssueApiKey key(
      ApiKey.Use use,
      SortedSet<KeyScope> scopes,
      @Nullable SourceId source,
      @Nullable Instant expires) {
    return new IssueApiKey(id, "Key", prefix, use, scopes, source, expires);
  }

  private static RegisterSource pushed(SourceId id) {
    return new RegisterSource(
        id,
        "Feed",
        Source.Kind.EXTERNAL_PUSH,
        null,
        null,
        Source.Auth.NONE,
        Schedule.HOURLY,
        Config.empty(),
        null);
  }
}
