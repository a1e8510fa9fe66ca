package io.varve.web.openapi;

import io.varve.query.Filter;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Sort;
import io.varve.web.access.Homed;
import io.varve.web.access.Root;
import io.varve.web.gate.Right;
import io.varve.web.http.Body;
import io.varve.web.http.Problem;
import io.varve.web.http.Read;
import io.varve.web.http.Upload;
import io.varve.web.http.Versioned;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document, made from the handlers themselves: what they take, what they answer,
 * and every way in which they can refuse.
 */
final class OpenApi {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TOKEN = "accessToken";

  /** The permission that an operation needs in the home that it is about. */
  private static final String PERMISSION = "x-varve-permission";

  /** Whether the second factor must have been given just now. */
  private static final String FRESH = "x-varve-step-up";

  private static final Map<Integer, String> REFUSALS =
      Map.ofEntries(
          Map.entry(400, "The request or its body cannot be understood."),
          Map.entry(401, "There is no valid access token, or the credentials are wrong."),
          Map.entry(403, "The caller lacks the permission."),
          Map.entry(404, "There is no such thing, or none that the caller may know of."),
          Map.entry(406, "Only application/json can be had."),
          Map.entry(409, "The state of things forbids it now, or a unique value is taken."),
          Map.entry(412, "The thing has changed since the version in If-Match."),
          Map.entry(413, "The body is too large."),
          Map.entry(415, "The body is not application/json."),
          Map.entry(
              422, "Values break rules, or the Idempotency-Key was used for another request."),
          Map.entry(428, "A revision needs If-Match."),
          Map.entry(429, "The address or the tenant asks too often."),
          Map.entry(500, "Something failed; the log has it under the request's id."),
          Map.entry(503, "The database is away, or the read model is behind Varve-Number."));

  private final Schemas schemas = new Schemas();
  private final ObjectNode paths = JSON.objectNode();

  ObjectNode document(Map<RequestMappingInfo, HandlerMethod> handlers) {
    var sorted = new TreeMap<String, Runnable>();
    handlers.forEach(
        (mapping, handler) -> {
          for (String path : mapping.getPatternValues()) {
            if (handler.hasMethodAnnotation(Says.class)) {
              String method = method(mapping);
              sorted.put(
                  path + " " + method, () -> add(path, method, handler.createWithResolvedBean()));
            }
          }
        });
    sorted.values().forEach(Runnable::run);
    ObjectNode document = JSON.objectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Varve");
    info.put("version", "1");
    info.put(
        "description",
        "Multi-tenant cyber risk on an append-only ledger. A refusal is a problem document"
            + " (RFC 9457): 400 where a request cannot be read, 422 where its values break rules,"
            + " with every wrong field named in \"errors\".");
    document.putArray("security").addObject().putArray(TOKEN);
    document.set("paths", paths);
    document.set("components", components());
    return document;
  }

  private ObjectNode components() {
    schemas.of(Problem.class);
    ObjectNode components = JSON.objectNode();
    components.set("schemas", schemas.components());
    ObjectNode token = components.putObject("securitySchemes").putObject(TOKEN);
    token.put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
    ObjectNode responses = components.putObject("responses");
    new TreeMap<>(REFUSALS)
        .forEach(
            (status, text) -> {
              ObjectNode response = responses.putObject("Refused" + status);
              response.put("description", text);
              ObjectNode headers = response.putObject("headers");
              header(headers, "X-Request-Id", "string", "The id of the request.");
              if (status == 401) {
                header(headers, "WWW-Authenticate", "string", "Bearer");
              }
              if (status == 429 || status == 503) {
                header(headers, "Retry-After", "integer", "Seconds to wait.");
              }
              response
                  .putObject("content")
                  .putObject("application/problem+json")
                  .putObject("schema")
                  .put("$ref", "#/components/schemas/Problem");
            });
    return components;
  }

  private void add(String path, String method, HandlerMethod handler) {
    ObjectNode item = paths.get(path) instanceof ObjectNode known ? known : paths.putObject(path);
    ObjectNode operation = item.putObject(method);
    Says says = handler.getMethodAnnotation(Says.class);
    @Nullable Root root = isHomed(handler) ? Root.of(path).orElse(null) : null;
    operation.put("operationId", operationId(handler, root));
    operation.put("summary", says == null ? "" : says.value());
    operation.putArray("tags").add(tag(path, root));
    var refusals = new TreeSet<>(List.of(400, 406, 429, 500, 503));
    Right right = Right.of(handler.getMethod());
    if (right.open()) {
      operation.putArray("security");
    } else {
      refusals.addAll(List.of(401, 403));
    }
    if (right.permission() != null) {
      operation.put(PERMISSION, right.permission().text());
    }
    if (right.fresh()) {
      operation.put(FRESH, true);
    }
    if (path.endsWith("/login")) {
      refusals.add(401);
    }
    ArrayNode parameters = JSON.arrayNode();
    parameter(parameters, "header", "X-Request-Id", false, string(), "An id for this request.");
    parameter(
        parameters,
        "header",
        "traceparent",
        false,
        string(),
        "W3C Trace Context; goes to the trail.");
    if (path.contains("{" + Root.HOME + "}")) {
      parameter(parameters, "path", Root.HOME, true, schemas.of(UUID.class), "In whose home.");
      refusals.add(404);
    }
    for (Parameter p : handler.getMethod().getParameters()) {
      describe(p, handler, method, operation, parameters, refusals);
    }
    operation.set("parameters", parameters);
    if (says != null) {
      Arrays.stream(says.refuses()).forEach(refusals::add);
    }
    answers(handler, operation.putObject("responses"), refusals);
  }

  private void describe(
      Parameter p,
      HandlerMethod handler,
      String method,
      ObjectNode operation,
      ArrayNode parameters,
      Set<Integer> refusals) {
    if (p.isAnnotationPresent(PathVariable.class)) {
      if (p.getName().equals(Root.HOME)) {
        return;
      }
      parameter(parameters, "path", p.getName(), true, schemas.of(p.getType()), "Which one.");
      refusals.add(404);
    } else if (p.isAnnotationPresent(RequestParam.class)) {
      parameter(parameters, "query", p.getName(), false, schemas.of(p.getType()), "");
      refusals.add(422);
    } else if (p.isAnnotationPresent(RequestHeader.class)) {
      String name = p.getAnnotation(RequestHeader.class).name();
      parameter(parameters, "header", name, false, schemas.of(p.getType()), "");
    } else if (p.isAnnotationPresent(Body.class)) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content")
          .putObject("application/json")
          .set("schema", schemas.of(p.getParameterizedType()));
      refusals.addAll(List.of(413, 415, 422));
    } else if (p.getType() == Upload.class) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      body.putObject("content").putObject("application/json").set("schema", catalog());
      refusals.addAll(List.of(413, 415, 422));
    } else if (p.getType() == ListRequest.class && handler.getBean() instanceof Lists lists) {
      filters(lists.listing(), parameters);
      refusals.add(422);
    } else if (p.getType() == Read.class) {
      parameter(
          parameters,
          "header",
          "Varve-Number",
          false,
          JSON.objectNode().put("type", "integer").put("format", "int64"),
          "Wait until the read model holds this event; from an answer to a write.");
    } else if (p.getType() == Write.class) {
      write(method, parameters, refusals);
    }
  }

  private static void write(String method, ArrayNode parameters, Set<Integer> refusals) {
    parameter(
        parameters,
        "header",
        "Idempotency-Key",
        false,
        string().put("pattern", "^[\\x21-\\x7E]{1,255}$"),
        "The same key with the same request gets the same answer, for a day or as long as the tenant wants.");
    parameter(
        parameters,
        "header",
        "Varve-Reason",
        false,
        string(),
        "Why, for the audit trail: one line, percent-encoded.");
    refusals.addAll(List.of(409, 422));
    boolean revision = method.equals("put");
    parameter(
        parameters,
        "header",
        "If-Match",
        revision,
        string(),
        "The ETag that this is based on, or * for any.");
    refusals.add(412);
    if (revision) {
      refusals.add(428);
    }
  }

  private static void filters(Listing<?> listing, ArrayNode parameters) {
    for (Filter filter : listing.filters()) {
      ObjectNode many = JSON.objectNode().put("type", "array");
      many.set("items", string());
      parameter(
          parameters,
          "query",
          filter.name(),
          false,
          many,
          "Filter: " + filter.description() + ". Several values are alternatives.");
    }
    ObjectNode sort = string();
    ArrayNode names = sort.putArray("enum");
    for (Sort by : listing.sorts()) {
      names.add(by.name()).add("-" + by.name());
    }
    parameter(parameters, "query", "sort", false, sort, "Sort by; - for descending.");
    ObjectNode limit = JSON.objectNode().put("type", "integer");
    limit.put("minimum", 1).put("maximum", ListRequest.MAX_LIMIT);
    limit.put("default", ListRequest.DEFAULT_LIMIT);
    parameter(parameters, "query", "limit", false, limit, "Items in a page.");
    parameter(parameters, "query", "cursor", false, string(), "\"next\" of the page before.");
  }

  private void answers(HandlerMethod handler, ObjectNode responses, Set<Integer> refusals) {
    Type answered = answered(handler.getMethod().getGenericReturnType());
    boolean versioned =
        answered == Written.class
            || (answered instanceof Class<?> type && Versioned.class.isAssignableFrom(type));
    boolean creates = versioned && isCreation(handler);
    boolean streams = isStream(handler);
    boolean empty = answered == Void.class;
    ObjectNode success =
        responses.putObject(creates ? "201" : empty ? emptyStatus(handler) : "200");
    success.put("description", creates ? "Created." : "Done.");
    ObjectNode headers = success.putObject("headers");
    header(headers, "X-Request-Id", "string", "The id of the request.");
    header(headers, "RateLimit-Limit", "integer", "Requests in a window of time.");
    header(headers, "RateLimit-Remaining", "integer", "Requests left in this window.");
    header(headers, "RateLimit-Reset", "integer", "Seconds until the next window.");
    if (creates) {
      header(headers, "Location", "string", "Where it can be seen.");
    }
    if (isWrite(handler)) {
      header(headers, "Varve-Number", "integer", "The number of the tenant's last event.");
      header(headers, "Idempotency-Replayed", "string", "true: the answer of an earlier request.");
    }
    if (versioned) {
      header(headers, "ETag", "string", "The thing's version.");
    }
    if (!empty) {
      success
          .putObject("content")
          .putObject(streams ? MediaType.TEXT_EVENT_STREAM_VALUE : MediaType.APPLICATION_JSON_VALUE)
          .set("schema", streams ? string() : schemas.of(answered));
    }
    Says says = handler.getMethodAnnotation(Says.class);
    if (creates && says != null && says.tries()) {
      ObjectNode tried = success.deepCopy().put("description", "What it would do.");
      tried.putObject("headers").setAll((ObjectNode) success.path("headers"));
      tried.withObject("headers").remove(List.of("Location", "ETag"));
      responses.set("200", tried);
    }
    for (int status : refusals) {
      responses
          .putObject(Integer.toString(status))
          .put("$ref", "#/components/responses/Refused" + status);
    }
  }

  private static String emptyStatus(HandlerMethod handler) {
    Says says = handler.getMethodAnnotation(Says.class);
    return Integer.toString(says == null ? 204 : says.answers());
  }

  private static boolean isStream(HandlerMethod handler) {
    GetMapping get = handler.getMethodAnnotation(GetMapping.class);
    return get != null && List.of(get.produces()).contains(MediaType.TEXT_EVENT_STREAM_VALUE);
  }

  private static boolean isWrite(HandlerMethod handler) {
    return Arrays.stream(handler.getMethod().getParameters())
        .anyMatch(p -> p.getType() == Write.class);
  }

  /** A POST on a collection creates; one on a verb below a thing changes that thing. */
  private static boolean isCreation(HandlerMethod handler) {
    Says says = handler.getMethodAnnotation(Says.class);
    return (says == null || !says.changes())
        && Arrays.stream(handler.getMethod().getParameters())
            .anyMatch(p -> p.isAnnotationPresent(Body.class))
        && handler.hasMethodAnnotation(org.springframework.web.bind.annotation.PostMapping.class);
  }

  private static Type answered(Type returned) {
    return returned instanceof ParameterizedType generic
            && generic.getRawType() == ResponseEntity.class
        ? generic.getActualTypeArguments()[0]
        : returned;
  }

  private static void parameter(
      ArrayNode parameters,
      String in,
      String name,
      boolean required,
      ObjectNode schema,
      String description) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name).put("in", in).put("required", required);
    if (!description.isEmpty()) {
      parameter.put("description", description);
    }
    parameter.set("schema", schema);
  }

  private static void header(ObjectNode headers, String name, String type, String description) {
    ObjectNode header = headers.putObject(name);
    header.put("description", description);
    header.putObject("schema").put("type", type);
  }

  /** A schema of others', of which ours only says where it begins. */
  private static ObjectNode catalog() {
    ObjectNode document = JSON.objectNode().put("type", "object");
    document.put("description", "An OSCAL 1 catalog (NIST), of up to 16 MiB.");
    document.putObject("properties").putObject("catalog").put("type", "object");
    document.putArray("required").add("catalog");
    return document;
  }

  private static ObjectNode string() {
    return JSON.objectNode().put("type", "string");
  }

  private static String method(RequestMappingInfo mapping) {
    return mapping
        .getMethodsCondition()
        .getMethods()
        .iterator()
        .next()
        .name()
        .toLowerCase(Locale.ROOT);
  }

  private static String operationId(HandlerMethod handler, @Nullable Root root) {
    String name =
        handler.getBeanType().getSimpleName().replace("Controller", "").toLowerCase(Locale.ROOT)
            + "."
            + handler.getMethod().getName();
    return root == null ? name : name + ".in-" + root.name().toLowerCase(Locale.ROOT);
  }

  /** The first word of the path in one's own home. */
  private static String tag(String path, @Nullable Root root) {
    String below = root == null ? path : path.substring(root.path().length());
    return below.replaceFirst("^/api/", "/").split("/")[1];
  }

  private static boolean isHomed(HandlerMethod handler) {
    return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), Homed.class)
        || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Homed.class);
  }
}
