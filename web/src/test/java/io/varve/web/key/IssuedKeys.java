package io.varve.web.key;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.TestVarve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys that a test makes, all of which it remembers. */
final class IssuedKeys {

  private final TestVarve varve;
  private final List<String> secrets = new ArrayList<>();

  IssuedKeys(TestVarve varve) {
    this.varve = varve;
  }

  IssuedKey api(Api maker, String... scopes) {
    return of(maker.post("/api/api-keys", wanted(scopes)));
  }

  static Map<String, Object> wanted(String... scopes) {
    return Map.of("name", "Reports", "use", "api", "scopes", List.of(scopes));
  }

  IssuedKey push(Api maker, String source) {
    return of(maker.post("/api/api-keys", Map.of("name", "Push", "use", "push", "source", source)));
  }

  IssuedKey of(Answer issued) {
    String text = issued.is(201).json().path("key").asString();
    secrets.add(text.substring(text.length() - 43));
    return new IssuedKey(issued.id(), text, varve.api().as(text));
  }

  List<String> secrets() {
    return secrets;
  }
}
