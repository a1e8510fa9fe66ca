package io.varve.web.gate;

import io.varve.web.access.Homed;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the operations of a home below each of its roots, too, and takes none that does not say who
 * may use it: the application does not start then.
 */
final class HomedMappings extends RequestMappingHandlerMapping {

  @Override
  protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> handlerType) {
    RequestMappingInfo plain = super.getMappingForMethod(method, handlerType);
    if (plain != null) {
      Right.of(method);
    }
    Homed homed = AnnotatedElementUtils.findMergedAnnotation(method, Homed.class);
    if (homed == null) {
      homed = AnnotatedElementUtils.findMergedAnnotation(handlerType, Homed.class);
    }
    if (plain == null || homed == null) {
      return plain;
    }
    String[] paths =
        Stream.concat(
                plain.getPatternValues().stream(),
                Stream.of(homed.value())
                    .flatMap(root -> plain.getPatternValues().stream().map(root::under)))
            .toArray(String[]::new);
    return plain.mutate().paths(paths).options(getBuilderConfiguration()).build();
  }
}
