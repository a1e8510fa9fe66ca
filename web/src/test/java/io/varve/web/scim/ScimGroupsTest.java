package io.varve.web.scim;

import static io.varve.web.scim.DirectoryKey.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScimGroupsTest {

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static final AtomicInteger names = new AtomicInteger();
  private static Newcomer newcomer;
  private static Customer acme;
  private static DirectoryKey directory;
  private static UserResource jo;
  private static UserResource sam;

  @BeforeAll
  static void aTenantWithADirectory() throws ScimException {
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    directory = DirectoryKey.madeBy(acme.admin(), varve);
    jo = directory.scim().create("Users", person("jo@acme.test"));
    sam = directory.scim().create("Users", person("sam@acme.test"));
  }

  private static GroupResource created(UserResource... members) throws ScimException {
    return directory.scim().create("Groups", group("Group " + names.incrementAndGet(), members));
  }

  private static GroupResource group(String name, UserResource... members) {
    var group = new GroupResource();
    group.setDisplayName(name);
    group.setExternalId("S-" + name);
    group.setMembers(Stream.of(members).map(user -> new Member().setValue(user.getId())).toList());
    return group;
  }

  private static List<String> members(GroupResource group) throws ScimException {
    GroupResource now = directory.scim().retrieve(group);
    return now.getMembers() == null
        ? List.of()
        : now.getMembers().stream().map(Member::getValue).toList();
  }

  private static void patch(GroupResource group, String operations) {
    directory.patch("/scim/v2/Groups/" + group.getId(), operations).is(200);
  }

  @Test
  void aGroupHasMembersAndAMemberHasGroups() throws ScimException {
    GroupResource group = created(jo);
    assertThat(members(group)).containsExactly(jo.getId());
    assertThat(directory.scim().retrieve(jo).getGroups())
        .anyMatch(in -> in.getDisplay().equals(group.getDisplayName()));
    group.setMembers(List.of(new Member().setValue(sam.getId())));
    group.setDisplayName(group.getDisplayName() + " renamed");
    GroupResource replaced = directory.scim().replace(group);
    assertThat(replaced.getDisplayName()).endsWith(" renamed");
    assertThat(members(group)).containsExactly(sam.getId());
  }

  @Test
  void membersComeAndGoAsOktaAndEntraSayIt() throws ScimException {
    GroupResource group = created();
    String one = "{\"value\":\"%s\"}";
    patch(
        group,
        "{\"op\":\"Add\",\"path\":\"members\",\"value\":[%s]}"
            .formatted(one.formatted(jo.getId())));
    patch(
        group,
        "{\"op\":\"add\",\"value\":{\"members\":[%s,%s]}}"
            .formatted(one.formatted(sam.getId()), one.formatted(jo.getId())));
    assertThat(members(group)).containsExactlyInAnyOrder(jo.getId(), sam.getId());
    patch(
        group,
        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}".formatted(jo.getId()));
    assertThat(members(group)).containsExactly(sam.getId());
    patch(
        group,
        "{\"op\":\"Remove\",\"path\":\"members\",\"value\":[%s]}"
            .formatted(one.formatted(sam.getId())));
    assertThat(members(group)).isEmpty();
    patch(
        group,
        "{\"op\":\"replace\",\"path\":\"members\",\"value\":[%s]}"
            .formatted(one.formatted(jo.getId())));
    patch(
        group,
        "{\"op\":\"replace\",\"value\":{\"id\":\"%s\",\"displayName\":\"Okta %s\"}}"
            .formatted(group.getId(), group.getId()));
    assertThat(members(group)).containsExactly(jo.getId());
    patch(group, "{\"op\":\"remove\",\"path\":\"members\"}");
    assertThat(members(group)).isEmpty();
    for (String wrong : List.of("nobody", "0197a1b2-0000-7000-8000-000000000001")) {
      var refused =
          directory
              .patch(
                  "/scim/v2/Groups/" + group.getId(),
                  "{\"op\":\"add\",\"path\":\"members\",\"value\":[%s]}"
                      .formatted(one.formatted(wrong)))
              .is(400);
      assertThat(refused.json().path("scimType").asString()).isEqualTo("invalidValue");
    }
  }

  @Test
  void aNameIsUniqueAndAGroupIsFoundByIt() throws ScimException {
    GroupResource group = created(jo);
    assertThatThrownBy(() -> directory.scim().create("Groups", group(group.getDisplayName())))
        .isInstanceOf(ResourceConflictException.class);
    for (String filter :
        List.of(
            "displayName eq \"" + group.getDisplayName().toUpperCase(Locale.ROOT) + "\"",
            "externalId eq \"" + group.getExternalId() + "\"",
            "id eq \"" + group.getId() + "\" and members.value eq \"" + jo.getId() + "\"")) {
      assertThat(
              directory
                  .scim()
                  .searchRequest("Groups")
                  .filter(filter)
                  .excludedAttributes("members")
                  .invoke(GroupResource.class)
                  .getResources())
          .as(filter)
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.getId()).isEqualTo(group.getId());
                assertThat(found.getMembers()).isNull();
              });
    }
    directory.scim().delete(group);
    assertThatThrownBy(() -> directory.scim().retrieve(group))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(directory.scim().create("Groups", group(group.getDisplayName())).getId())
        .isNotEqualTo(group.getId());
  }

  @Test
  void whoIsDeletedIsInNoGroup() throws ScimException {
    UserResource leaver = directory.scim().create("Users", person("leaver@acme.test"));
    GroupResource group = created(leaver, jo);
    directory.scim().delete(leaver);
    assertThat(members(group)).containsExactly(jo.getId());
  }

  @Test
  void itSaysWhatItCan() throws ScimException {
    var config = directory.scim().getServiceProviderConfig();
    assertThat(config.getPatch().isSupported()).isTrue();
    assertThat(config.getBulk().isSupported()).isFalse();
    assertThat(config.getEtag().isSupported()).isTrue();
    assertThat(config.getChangePassword().isSupported()).isFalse();
    assertThat(directory.scim().getResourceTypes().getTotalResults()).isEqualTo(2);
    assertThat(directory.scim().getResourceType("User").getEndpoint()).hasPath("/Users");
    assertThat(directory.scim().getSchemas().getTotalResults()).isEqualTo(2);
    assertThat(
            directory
                .scim()
                .getSchema("urn:ietf:params:scim:schemas:core:2.0:User")
                .getAttributes())
        .extracting(attribute -> attribute.getName())
        .contains("userName", "active")
        .doesNotContain("password", "roles");
  }

  @Test
  void onlyADirectorysKeyGetsIn() {
    Api user = newcomer.user(acme.tenant(), "user@acme.test", "tenant_user");
    String source =
        acme.admin()
            .post(
                "/api/sources",
                Map.of("name", "Push", "kind", "external-push", "schedule", "daily"))
            .is(201)
            .id();
    Api apiKey =
        key(Map.of("name", "Key", "use", "api", "scopes", List.of("read", "write", "admin")));
    Api pushKey = key(Map.of("name", "Pusher", "use", "push", "source", source));
    List<Api> keys = List.of(user, acme.admin(), newcomer.operator(), apiKey, pushKey);
    for (Api api : keys) {
      for (String path :
          List.of(
              "/Users",
              "/Users/" + jo.getId(),
              "/Groups",
              "/ServiceProviderConfig",
              "/ResourceTypes",
              "/Schemas")) {
        var refused = api.get("/scim/v2" + path).is(403);
        assertThat(refused.header("Content-Type")).startsWith("application/scim+json");
      }
      api.send("DELETE", "/scim/v2/Users/" + jo.getId(), null).is(403);
      api.post("/scim/v2/Groups", Map.of("displayName", "X")).is(403);
    }
    for (String path : List.of("/api/users", "/api/me", "/api/risks")) {
      assertThat(directory.api().get(path).status()).isIn(403, 404);
    }
  }

  private static Api key(Map<String, Object> wanted) {
    return varve
        .api()
        .as(acme.admin().post("/api/api-keys", wanted).is(201).json().path("key").asString());
  }

  @Test
  void everyRefusalHasTheFormOfTheProtocol() {
    Api api = directory.api();
    List<Api.Answer> refusals =
        List.of(
            varve.api().get("/scim/v2/Users").is(401),
            varve.api().as("vrv_abcdefgh_" + "a".repeat(43)).get("/scim/v2/Users").is(401),
            api.get("/scim/v2/Nothing").is(404),
            api.get("/scim/v2/Users/nobody").is(404),
            api.send("PUT", "/scim/v2/Users", "{}").is(405),
            api.with("Accept", "text/html").get("/scim/v2/Users").is(406),
            api.with("Content-Type", "text/plain").send("POST", "/scim/v2/Users", "{}").is(415),
            api.send("POST", "/scim/v2/Users", "{").is(400),
            api.send("POST", "/scim/v2/Users", "[]").is(400),
            api.send("POST", "/scim/v2/Users", "{}").is(400),
            api.send("POST", "/scim/v2/Groups", "{\"members\":7}").is(400),
            api.send("POST", "/scim/v2/Users", " ".repeat(2 << 20)).is(413),
            api.get("/scim/v2/Users?count=many").is(400));
    for (Api.Answer refusal : refusals) {
      assertThat(refusal.header("Content-Type")).startsWith("application/scim+json");
      assertThat(refusal.json().path("schemas").path(0).asString())
          .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
      assertThat(refusal.json().path("status").asString())
          .isEqualTo(Integer.toString(refusal.status()));
    }
  }
}
