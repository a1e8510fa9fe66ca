package io.varve.web.openapi;

import io.varve.web.access.Public;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/** Serves the document; it is made when it is first asked for. */
@RestController
final class OpenApiController {

  private final ObjectProvider<RequestMappingHandlerMapping> mapping;
  private volatile @Nullable ObjectNode document;

  OpenApiController(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mapping) {
    this.mapping = mapping;
  }

  @Public
  @GetMapping("/openapi.json")
  ObjectNode document() {
    ObjectNode made = document;
    if (made == null) {
      made = new OpenApi().document(mapping.getObject().getHandlerMethods());
      document = made;
    }
    return made;
  }
}
