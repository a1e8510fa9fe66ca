package io.varve.web.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.SchemaUtils;
import java.beans.IntrospectionException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is provisioned, with those of the standard's attributes that Varve keeps. */
enum ResourceKind {
  USER(
      "User",
      UserResource.class,
      Set.of("userName", "name", "displayName", "active", "emails", "groups")),
  GROUP("Group", GroupResource.class, Set.of("displayName", "members"));

  private final String path;
  private final SchemaResource schema;
  private final SchemaResource standard;
  private final Map<Path, AttributeDefinition> attributes = new HashMap<>();

  ResourceKind(String name, Class<? extends ScimResource> type, Set<String> kept) {
    try {
      this.standard = Objects.requireNonNull(SchemaUtils.getSchema(type));
    } catch (IntrospectionException e) {
      throw new IllegalStateException(e);
    }
    List<AttributeDefinition> own =
        standard.getAttributes().stream().filter(a -> kept.contains(a.getName())).toList();
    this.schema =
        new SchemaResource(standard.getId(), standard.getName(), standard.getDescription(), own);
    this.path = "/" + name + "s";
    put(Path.root(), SchemaUtils.COMMON_ATTRIBUTE_DEFINITIONS);
    put(Path.root(), own);
  }

  /** Below the root of the protocol. */
  String path() {
    return path;
  }

  /** As the standard calls it. */
  String text() {
    return schema.getName();
  }

  /** What is kept at a path, if anything is. */
  @Nullable AttributeDefinition attribute(Path path) {
    return attributes.get(plain(path).withoutFilters());
  }

  /** A path without the schema that it may begin with, if that is the kind's own. */
  Path plain(Path path) {
    return schema.getId().equalsIgnoreCase(path.getSchemaUrn())
        ? Path.root().attribute(path)
        : path;
  }

  SchemaResource schema() {
    return schema;
  }

  /** Whether the standard has an attribute, be it one that is not kept. */
  boolean knows(String attribute) {
    return standard.getAttributes().stream().anyMatch(a -> a.getName().equalsIgnoreCase(attribute));
  }

  private void put(Path parent, Collection<AttributeDefinition> definitions) {
    for (AttributeDefinition definition : definitions) {
      Path child = parent.attribute(definition.getName());
      attributes.put(child, definition);
      if (definition.getSubAttributes() != null) {
        put(child, definition.getSubAttributes());
      }
    }
  }
}
