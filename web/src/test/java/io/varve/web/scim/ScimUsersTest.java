package io.varve.web.scim;

import static io.varve.web.scim.DirectoryKey.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScimUsersTest {

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static final AtomicInteger people = new AtomicInteger();
  private static Newcomer newcomer;
  private static Customer acme;
  private static DirectoryKey directory;

  @BeforeAll
  static void aTenantWithADirectory() {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    directory = DirectoryKey.madeBy(acme.admin(), varve);
  }

  private static String address() {
    return "p" + people.incrementAndGet() + "@acme.test";
  }

  private static UserResource created() throws ScimException {
    return directory.scim().create("Users", person(address()));
  }

  private static String path(UserResource user) {
    return "/scim/v2/Users/" + user.getId();
  }

  @Test
  void whoIsCreatedIsAnOrdinaryUserOfTheTenant() throws ScimException {
    UserResource user = created();
    assertThat(user.getMeta().getVersion()).isEqualTo("\"1\"");
    assertThat(user.getMeta().getLocation()).hasPath(path(user));
    assertThat(user.getDisplayName()).isEqualTo("Name of " + user.getUserName());
    assertThat(directory.scim().retrieve(user)).isEqualTo(user);
    var seen = acme.admin().get("/api/users/" + user.getId()).is(200).json();
    assertThat(seen.path("role").asString()).isEqualTo("tenant_user");
    assertThat(seen.path("email").asString()).isEqualTo(user.getUserName());
    assertThat(seen.path("hasPassword").asBoolean()).isFalse();
  }

  @Test
  void everyOperationIsAnEventOfTheKeyThatNamesItsRequest() throws ScimException {
    UserResource user = created();
    Api named = directory.api().with("X-Request-Id", "directory-request");
    named.send("DELETE", path(user), null).is(204);
    String event = acme.admin().get("/api/audit?id=" + user.getId() + "").is(200).response().body();
    assertThat(event)
        .contains("user.deprovisioned", directory.id(), "directory-request", "connector");
  }

  @Test
  void anAddressAndWhatTheDirectoryCallsAUserAreUnique() throws ScimException {
    UserResource user = created();
    assertThatThrownBy(() -> directory.scim().create("Users", person(user.getUserName())))
        .isInstanceOfSatisfying(
            ResourceConflictException.class,
            e -> assertThat(e.getScimError().getScimType()).isEqualTo("uniqueness"));
    UserResource other = person(address());
    other.setExternalId(user.getExternalId());
    assertThatThrownBy(() -> directory.scim().create("Users", other))
        .isInstanceOf(ResourceConflictException.class);
  }

  @Test
  void aUserIsFoundByAnyFilter() throws ScimException {
    UserResource user = created();
    String mail = user.getUserName();
    for (String filter :
        List.of(
            "userName eq \"" + mail.toUpperCase(Locale.ROOT) + "\"",
            "externalId eq \"" + user.getExternalId() + "\"",
            "id eq \"" + user.getId() + "\" and active eq true",
            "emails.value eq \"" + mail + "\"",
            "emails[type eq \"work\" and value eq \"" + mail + "\"]",
            "userName sw \"" + mail + "\" and not (active eq false)",
            "displayName ew \"of " + mail + "\" or displayName co \"nobody\"",
            "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"" + mail + "\"",
            "userName eq \"" + mail + "\" and name.formatted pr")) {
      ListResponse<UserResource> found =
          directory.scim().searchRequest("Users").filter(filter).invoke(UserResource.class);
      assertThat(found.getResources()).as(filter).containsExactly(user);
      assertThat(found.getTotalResults()).as(filter).isOne();
    }
    assertThat(
            directory
                .scim()
                .searchRequest("Users")
                .filter(Filter.eq("userName", mail))
                .invokePost(UserResource.class)
                .getResources())
        .containsExactly(user);
    for (String filter :
        List.of(
            "userName eq \"nobody@acme.test\"",
            "id eq \"nobody\"",
            "externalId eq \"" + user.getExternalId() + "\" and active eq false",
            "userName eq \"" + mail + "\" and userName eq \"x@acme.test\"")) {
      assertThat(
              directory
                  .scim()
                  .searchRequest("Users")
                  .filter(filter)
                  .invoke(UserResource.class)
                  .getTotalResults())
          .as(filter)
          .isZero();
    }
  }

  @Test
  void manyUsersComeInPagesAndInOrder() throws ScimException {
    Customer big = newcomer.customer("big");
    DirectoryKey key = DirectoryKey.madeBy(big.admin(), varve);
    for (int i = 0; i < 250; i++) {
      key.scim().create("Users", person("big%03d@big.test".formatted((i * 7) % 250)));
    }
    var ids = new HashSet<String>();
    for (int start = 1; start <= 251; start += 60) {
      ListResponse<UserResource> page =
          key.scim().searchRequest("Users").page(start, 60).invoke(UserResource.class);
      assertThat(page.getTotalResults()).isEqualTo(251);
      assertThat(page.getStartIndex()).isEqualTo(start);
      page.forEach(user -> ids.add(user.getId()));
    }
    assertThat(ids).hasSize(251);
    ListResponse<UserResource> sorted =
        key.scim()
            .searchRequest("Users")
            .filter("userName sw \"big\"")
            .sort("userName", SortOrder.DESCENDING)
            .page(1, 1000)
            .invoke(UserResource.class);
    assertThat(sorted.getItemsPerPage()).isEqualTo(200);
    var names = new ArrayList<String>();
    sorted.forEach(user -> names.add(user.getUserName()));
    assertThat(names.getFirst()).isEqualTo("big@varve.test");
    assertThat(names.get(1)).isEqualTo("big249@big.test");
    assertThat(key.api().get("/scim/v2/Users?count=0").is(200).json().path("totalResults").asInt())
        .isEqualTo(251);
    assertThat(
            key.api()
                .get("/scim/v2/Users?startIndex=-5&count=-1")
                .is(200)
                .json()
                .path("startIndex")
                .asInt())
        .isOne();
  }

  @Test
  void anAnswerHasTheAttributesThatAreAskedFor() throws ScimException {
    UserResource user = created();
    var some = directory.api().get(path(user) + "?attributes=userName,name.formatted").is(200);
    assertThat(some.json().propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "userName", "name");
    var rest =
        directory.api().get(path(user) + "?excludedAttributes=emails,meta,displayName").is(200);
    assertThat(rest.json().propertyNames())
        .containsExactlyInAnyOrder("schemas", "id", "externalId", "userName", "name", "active");
  }

  @Test
  void aUserIsReplacedAndNothingIsNoEvent() throws ScimException {
    UserResource user = created();
    long events = varve.events();
    assertThat(directory.scim().replace(user)).isEqualTo(user);
    assertThat(varve.events()).isEqualTo(events);
    String mail = address();
    user.setUserName(mail).setDisplayName("Somebody Else").setActive(false);
    UserResource replaced = directory.scim().replace(user);
    assertThat(replaced.getUserName()).isEqualTo(mail);
    assertThat(replaced.getEmails().getFirst().getValue()).isEqualTo(mail);
    assertThat(replaced.getName().getFormatted()).isEqualTo("Somebody Else");
    assertThat(replaced.getActive()).isFalse();
  }

  @Test
  void patchesComeAsOktaAndEntraSendThem() throws ScimException {
    UserResource user = created();
    String mail = address();
    patched(user, "{\"op\":\"replace\",\"value\":{\"active\":false}}", "active", "false");
    patched(user, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}", "active", "true");
    patched(user, "{\"op\":\"Add\",\"path\":\"active\",\"value\":\"False\"}", "active", "false");
    patched(
        user,
        """
        {"op":"Replace","path":"displayName","value":"Jo Doe"},
        {"op":"Add","path":"title","value":"Boss"},
        {"op":"Add","path":"phoneNumbers[type eq \\"work\\"].value","value":"1"},
        {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
         "value":"IT"}
        """,
        "displayName",
        "Jo Doe");
    patched(
        user,
        "{\"op\":\"Add\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"%s\"}"
            .formatted(mail),
        "userName",
        mail);
    patched(
        user,
        """
        {"op":"replace","value":{"id":"%s","name.formatted":"J. Doe","active":"True",
         "urn:ietf:params:scim:schemas:core:2.0:User:externalId":"x",
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"IT"}}}
        """
            .formatted(user.getId()),
        "displayName",
        "J. Doe");
    patched(user, "{\"op\":\"Remove\",\"path\":\"externalId\"}", "externalId", "");
  }

  private static void patched(UserResource user, String operations, String field, String value) {
    assertThat(directory.patch(path(user), operations).is(200).json().path(field).asString(""))
        .as(operations)
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"replace\",\"path\":\"emails[type eq\",\"value\":\"x\"} 400 invalidPath",
        "{\"op\":\"replace\",\"path\":\"bogus\",\"value\":\"x\"} 400 invalidPath",
        "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"} 400 mutability",
        "{\"op\":\"replace\",\"path\":\"groups\",\"value\":[]} 400 mutability",
        "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"home\\\"].value\",\"value\":\"x\"} 400 noTarget",
        "{\"op\":\"remove\"} 400 invalidSyntax",
        "{\"op\":\"move\",\"path\":\"active\",\"value\":true} 400 invalidSyntax",
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"} 400 invalidValue",
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":{\"a\":[1]}} 400 invalidValue",
        "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"nobody\"} 400 invalidValue",
        "{\"op\":\"remove\",\"path\":\"userName\"} 400 invalidValue",
        "7 400 invalidSyntax",
        "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"correct horse\"} 403 ",
      })
  void aWrongPatchIsNamedAndChangesNothing(String example) throws ScimException {
    UserResource user = created();
    long events = varve.events();
    int at = example.lastIndexOf(' ', example.lastIndexOf(' ') - 1);
    String[] expected = example.substring(at + 1).split(" ", -1);
    Answer answer =
        directory.patch(path(user), example.substring(0, at)).is(Integer.parseInt(expected[0]));
    assertThat(answer.json().path("scimType").asString("")).isEqualTo(expected[1]);
    assertThat(varve.events()).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName",
        "userName eq",
        "userName eq \"a",
        "(userName pr",
        "userName pr)",
        "eq eq eq eq",
        "userName xx \"a\"",
        "emails[type",
        "emails[]",
        "not",
        "and",
        "\"",
        "active gt true",
        "[",
        ")",
        "a..b eq 1",
        "userName eq \"a\" and"
      })
  void aMalformedFilterIsRefused(String filter) {
    Answer answer =
        directory
            .api()
            .get("/scim/v2/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8))
            .is(400);
    assertThat(answer.json().path("scimType").asString("")).startsWith("invalid");
    assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
  }

  @Test
  void aFilterHasABound() {
    String filter = "not (".repeat(1000) + "active eq true" + ")".repeat(1000);
    directory.api().get("/scim/v2/Users?filter=" + filter.replace(" ", "%20")).is(400);
  }

  @Test
  void aChangeMayRestOnAVersion() throws ScimException {
    UserResource user = created();
    Api api = directory.api();
    String etag = api.get(path(user)).is(200).etag();
    api.with("If-None-Match", etag).get(path(user)).is(304);
    directory.patch(path(user), "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"B\"}");
    api.with("If-None-Match", etag).get(path(user)).is(200);
    String body = "{\"userName\":\"%s\",\"displayName\":\"C\"}".formatted(user.getUserName());
    Answer stale = api.with("If-Match", etag).send("PUT", path(user), body).is(412);
    assertThat(stale.json().path("status").asString()).isEqualTo("412");
    api.with("If-Match", etag).send("DELETE", path(user), null).is(412);
    String now = api.get(path(user)).is(200).etag();
    api.with("If-Match", now).send("PUT", path(user), body).is(200);
    api.with("If-Match", "*").send("DELETE", path(user), null).is(204);
  }

  @Test
  void whoIsDeletedIsNotThereUntilTheAddressComesAgain() throws ScimException {
    UserResource user = created();
    directory.scim().delete(user);
    assertThatThrownBy(() -> directory.scim().retrieve(user))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> directory.scim().delete(user))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(
            directory
                .scim()
                .searchRequest("Users")
                .filter(Filter.eq("userName", user.getUserName()))
                .invoke(UserResource.class)
                .getTotalResults())
        .isZero();
    assertThat(acme.admin().get("/api/users/" + user.getId()).json().path("status").asString())
        .isEqualTo("disabled");
    assertThat(directory.scim().create("Users", person(user.getUserName())).getId())
        .isEqualTo(user.getId());
    assertThat(acme.admin().get("/api/users/" + user.getId()).json().path("status").asString())
        .isEqualTo("active");
  }

  @Test
  void whoLeavesIsSignedOutWithinFiveSeconds() {
    for (String leaving : List.of("{\"op\":\"replace\",\"value\":{\"active\":false}}", "delete")) {
      String mail = address();
      Api person = newcomer.user(acme.tenant(), mail, "tenant_user");
      String id = person.get("/api/me").is(200).id();
      String path = "/scim/v2/Users/" + id;
      if (leaving.equals("delete")) {
        directory.api().send("DELETE", path, null).is(204);
      } else {
        directory.patch(path, leaving).is(200);
      }
      await().atMost(Duration.ofSeconds(5)).until(() -> person.get("/api/me").status() == 401);
    }
  }

  @Test
  void administratorsAndPasswordsAreNoneOfItsBusiness() {
    String id =
        directory
            .api()
            .get("/scim/v2/Users?filter=userName%20eq%20%22acme@varve.test%22")
            .is(200)
            .json()
            .at("/Resources/0/id")
            .asString();
    Answer refused =
        directory.patch(
            "/scim/v2/Users/" + id, "{\"op\":\"replace\",\"value\":{\"active\":false}}");
    assertThat(refused.is(403).json().path("schemas").path(0).asString())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    directory.api().send("DELETE", "/scim/v2/Users/" + id, null).is(403);
    directory
        .api()
        .post("/scim/v2/Users", Map.of("userName", address(), "password", Newcomer.PASSWORD))
        .is(403);
  }

  @Test
  void anotherTenantsUsersAreNotThere() throws ScimException {
    UserResource user = created();
    DirectoryKey other =
        DirectoryKey.madeBy(newcomer.customer("other" + people.incrementAndGet()).admin(), varve);
    other.api().get(path(user)).is(404);
    other.api().send("DELETE", path(user), null).is(404);
    other.patch(path(user), "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}").is(404);
    assertThat(
            other
                .scim()
                .searchRequest("Users")
                .filter(Filter.eq("userName", user.getUserName()))
                .invoke(UserResource.class)
                .getTotalResults())
        .isZero();
    assertThatThrownBy(() -> other.scim().create("Users", person(user.getUserName())))
        .isInstanceOf(ResourceConflictException.class);
  }
}
