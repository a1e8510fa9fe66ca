package io.varve.web.openapi;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/** Serves the document; it is made when it is first asked for. */
@RestController
final class OpenApiController {

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;
  private volatile @Nullable ObjectNode document;

  OpenApiController(ObjectProvider<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  @GetMapping("/openapi.json")
  ObjectNode document() {
    ObjectNode made = document;
    if (made == null) {
      RequestMappingHandlerMapping mapping =
          mappings.stream()
              .filter(m -> m.getClass() == RequestMappingHandlerMapping.class)
              .findFirst()
              .orElseThrow();
      made = new OpenApi().document(mapping.getHandlerMethods());
      document = made;
    }
    return made;
  }
}
