package io.varve.web.testing;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a running Varve, and whether answers are as it says. */
public final class Contract {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  private final JsonNode document;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Set<String> seen = new HashSet<>();

  /** One operation of the document. */
  public record Operation(String method, String path, JsonNode json) {

    /** The schema of the request's body; missing if it takes none. */
    public JsonNode body() {
      return json.at("/requestBody/content/application~1json/schema");
    }

    /** Whether it is another operation in somebody else's home. */
    public boolean isTwin() {
      return json.path("operationId").asString("").contains(".in-");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public Contract(JsonNode document) {
    this.document = document;
  }

  public List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String verb = method.getKey().toUpperCase(Locale.ROOT);
        operations.add(new Operation(verb, path.getKey(), method.getValue()));
      }
    }
    return operations;
  }

  /** The properties of an operation's body. */
  public JsonNode properties(Operation operation) {
    return resolved(operation.body()).path("properties");
  }

  public JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  /** Which operations were answered with success so far. */
  public Set<String> seen() {
    return seen;
  }

  /**
   * @throws AssertionError if the document does not promise such an answer
   */
  public synchronized void check(Api.Answer answer) {
    Operation operation = operation(answer);
    JsonNode response =
        resolved(operation.json().path("responses").path(Integer.toString(answer.status())));
    if (response.isMissingNode()) {
      throw new AssertionError(operation + " does not say that it answers " + answer.status());
    }
    if (answer.status() < 300) {
      seen.add(operation.toString());
    }
    if (response.path("content").isMissingNode() && answer.response().body().isEmpty()) {
      return;
    }
    String type = String.valueOf(answer.header("Content-Type")).replaceFirst(";.*", "");
    JsonNode schema = response.path("content").path(type).path("schema");
    if (schema.isMissingNode()) {
      throw new AssertionError(operation + " does not say that it answers with " + type);
    }
    if (type.equals("text/event-stream")) {
      return;
    }
    List<Error> errors = schemas.getSchema(self(schema)).validate(answer.json());
    if (!errors.isEmpty()) {
      throw new AssertionError(operation + ": " + errors + " in " + answer.response().body());
    }
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      boolean always = Set.of("ETag", "Location", "X-Request-Id").contains(header.getKey());
      if (always && answer.header(header.getKey()) == null) {
        throw new AssertionError(operation + " lacks the header " + header.getKey());
      }
    }
  }

  private Operation operation(Api.Answer answer) {
    String path = answer.path().replaceFirst("\\?.*", "");
    return operations().stream()
        .filter(o -> o.method().equals(answer.method()))
        .filter(o -> path.matches(VARIABLE.matcher(o.path()).replaceAll("[^/]+")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + answer.method() + " " + path));
  }

  /** A schema that can stand alone: what it refers to comes with it. */
  private ObjectNode self(JsonNode schema) {
    ObjectNode alone = schema.deepCopy().asObject();
    alone.set("components", document.path("components"));
    return alone;
  }
}
