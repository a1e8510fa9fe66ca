package io.varve.web.scim;

import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.types.AuthenticationScheme;
import com.unboundid.scim2.common.types.BulkConfig;
import com.unboundid.scim2.common.types.ChangePasswordConfig;
import com.unboundid.scim2.common.types.ETagConfig;
import com.unboundid.scim2.common.types.FilterConfig;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.PatchConfig;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.SortConfig;
import io.varve.command.LedgerRefusal;
import io.varve.events.access.Permission;
import io.varve.web.access.Needs;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a directory can ask about the service itself (RFC 7644, section 4). */
@RestController
@RequestMapping(
    path = Exchange.ROOT,
    produces = {Exchange.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
final class DiscoveryEndpoint {

  private static final String CONFIG = "/ServiceProviderConfig";
  private static final String TYPES = "/ResourceTypes";
  private static final String SCHEMAS = "/Schemas";

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping(CONFIG)
  ScimResource config(Exchange exchange) {
    var config =
        new ServiceProviderConfigResource(
            null,
            new PatchConfig(true),
            new BulkConfig(false, 0, 0),
            new FilterConfig(true, Search.MAX_COUNT),
            new ChangePasswordConfig(false),
            new SortConfig(true),
            new ETagConfig(true),
            null,
            List.of(AuthenticationScheme.createOAuth2BearerToken(true)));
    return located(exchange, config, "ServiceProviderConfig", CONFIG);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping(TYPES)
  ListResponse<ScimResource> types(Exchange exchange) {
    return all(kind -> type(exchange, kind));
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping(TYPES + "/{id}")
  ScimResource type(@PathVariable String id, Exchange exchange) {
    return one(types(exchange), id);
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping(SCHEMAS)
  ListResponse<ScimResource> schemas(Exchange exchange) {
    return all(
        kind -> {
          var schema = kind.schema();
          return located(exchange, schema, "Schema", SCHEMAS + "/" + schema.getId());
        });
  }

  @Needs(Permission.DIRECTORY_WRITE)
  @GetMapping(SCHEMAS + "/{id}")
  ScimResource schema(@PathVariable String id, Exchange exchange) {
    return one(schemas(exchange), id);
  }

  private static ScimResource type(Exchange exchange, ResourceKind kind) {
    var type =
        new ResourceTypeResource(
            kind.text(),
            kind.text(),
            kind.schema().getDescription(),
            URI.create(kind.path()),
            URI.create(kind.schema().getId()),
            List.of());
    return located(exchange, type, "ResourceType", TYPES + "/" + type.getId());
  }

  private static ListResponse<ScimResource> all(Function<ResourceKind, ScimResource> view) {
    return new ListResponse<>(Arrays.stream(ResourceKind.values()).map(view).toList());
  }

  private static ScimResource one(ListResponse<ScimResource> all, String id) {
    return all.getResources().stream()
        .filter(resource -> id.equals(resource.getId()))
        .findFirst()
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }

  private static ScimResource located(
      Exchange exchange, ScimResource resource, String type, String path) {
    resource.setMeta(new Meta().setResourceType(type).setLocation(exchange.location(path)));
    return resource;
  }
}
