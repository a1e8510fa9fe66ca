package io.varve.web.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.ScimResource;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.SearchRequest;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.varve.command.LedgerRefusal;
import io.varve.events.access.Caller;
import io.varve.events.provenance.Via;
import io.varve.query.Document;
import io.varve.web.http.BodyLimit;
import io.varve.web.http.ETags;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** One request of a directory, and what all of its answers have in common. */
final class Exchange {

  static final String ROOT = "/scim/v2";
  static final String MEDIA_TYPE = "application/scim+json";

  private final HttpServletRequest request;
  private final Caller caller;

  Exchange(HttpServletRequest request, Caller caller) {
    this.request = request;
    this.caller = caller.by(Via.CONNECTOR);
  }

  Caller caller() {
    return caller;
  }

  /** Whether the directory said on which version it decided. */
  boolean isConditional() {
    return request.getHeader("If-Match") != null;
  }

  /**
   * @throws LedgerRefusal.Stale if the directory decided on another version
   */
  void requireMatch(long sequence) {
    String ifMatch = request.getHeader("If-Match");
    Long expected = ifMatch == null ? null : ETags.expected(ifMatch);
    if (expected != null && expected != sequence) {
      throw new LedgerRefusal.Stale();
    }
  }

  <T extends ScimResource> T body(Class<T> type) throws ScimException {
    requireJson();
    try {
      if (JsonUtils.getObjectReader().readTree(BodyLimit.of(request)) instanceof ObjectNode body) {
        return JsonUtils.nodeToValue(body, type);
      }
    } catch (JacksonException malformed) {
      for (Throwable cause = malformed; cause != null; cause = cause.getCause()) {
        if (cause instanceof ScimException said) {
          throw said;
        }
      }
    }
    throw BadRequestException.invalidSyntax("The body is not what this operation takes.");
  }

  /** The search that the query of the request describes. */
  SearchRequest query() throws ScimException {
    String order = request.getParameter("sortOrder");
    return new SearchRequest(
        names("attributes"),
        names("excludedAttributes"),
        request.getParameter("filter"),
        request.getParameter("sortBy"),
        order == null ? null : SortOrder.fromName(order),
        number("startIndex"),
        null,
        number("count"));
  }

  /** What of a resource the query of the request asks for. */
  Selection selection(ResourceKind kind) throws ScimException {
    return Selection.of(kind, names("attributes"), names("excludedAttributes"));
  }

  /** One resource, with its ETag. */
  ResponseEntity<ScimResource> answer(HttpStatus status, ResourceKind kind, ScimResource resource)
      throws ScimException {
    GenericScimResource shown = selection(kind).of(resource);
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).eTag(resource.getMeta().getVersion());
    if (status == HttpStatus.CREATED) {
      answer.location(resource.getMeta().getLocation());
    }
    return answer.body(shown);
  }

  Meta meta(ResourceKind kind, Document<?> document) {
    return new Meta()
        .setResourceType(kind.text())
        .setCreatedMillis(document.created().toEpochMilli())
        .setLastModifiedMillis(document.at().toEpochMilli())
        .setLocation(location(kind, document.id()))
        .setVersion(ETags.of(document.sequence()));
  }

  URI location(ResourceKind kind, UUID id) {
    return location(kind.path() + "/" + id);
  }

  /**
   * @param path below the root of the protocol
   */
  URI location(String path) {
    return ServletUriComponentsBuilder.fromContextPath(request).path(ROOT + path).build().toUri();
  }

  private void requireJson() {
    try {
      MediaType type = MediaType.parseMediaType(String.valueOf(request.getContentType()));
      if (List.of(MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE)
          .contains(type.getType() + "/" + type.getSubtype())) {
        return;
      }
    } catch (InvalidMediaTypeException none) {
      // The same as another one.
    }
    throw new FaultException(
        Fault.UNSUPPORTED_MEDIA_TYPE, "The body must be application/scim+json.");
  }

  private @Nullable Set<String> names(String parameter) {
    String names = request.getParameter(parameter);
    return names == null
        ? null
        : Arrays.stream(names.split(",")).map(String::strip).collect(Collectors.toSet());
  }

  private @Nullable Integer number(String parameter) throws ScimException {
    String number = request.getParameter(parameter);
    try {
      return number == null ? null : Integer.valueOf(number);
    } catch (NumberFormatException e) {
      throw BadRequestException.invalidValue(parameter + " must be a whole number.");
    }
  }
}
