package io.varve.web.scim;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.web.testing.Api;
import io.varve.web.testing.TestVarve;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;

/**
 * A key of a directory, with the SDK's client and a plain one that use it.
 *
 * @param id of the key
 */
record DirectoryKey(String id, ScimService scim, Api api) {

  static DirectoryKey madeBy(Api admin, TestVarve varve) {
    Api.Answer issued =
        admin.post("/api/api-keys", Map.of("name", "Directory", "use", "directory")).is(201);
    String key = issued.json().path("key").asString();
    ClientRequestFilter bearer =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + key);
    var client =
        ClientBuilder.newClient(
                new ClientConfig().connectorProvider(new Apache5ConnectorProvider()))
            .register(bearer);
    return new DirectoryKey(
        issued.id(),
        new ScimService(client.target("http://localhost:" + varve.port() + "/scim/v2")),
        varve.api().as(key).with("Content-Type", "application/scim+json"));
  }

  static UserResource person(String address) {
    var person = new UserResource();
    person.setUserName(address);
    person.setExternalId("ext-" + address);
    person.setName(new Name().setFormatted("Name of " + address));
    person.setEmails(List.of(new Email().setValue(address).setType("work").setPrimary(true)));
    person.setActive(true);
    return person;
  }

  Api.Answer patch(String path, String operations) {
    return api.send(
        "PATCH",
        path,
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}
        """
            .formatted(operations));
  }
}
