package io.varve.web.http;

import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import io.varve.query.ListRequest;
import io.varve.query.QuerySide;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes the {@link Read} and {@link ListRequest} parameters. */
final class ReadResolver implements HandlerMethodArgumentResolver {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final QuerySide queries;

  ReadResolver(QuerySide queries) {
    this.queries = queries;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Read.class
        || parameter.getParameterType() == ListRequest.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    return parameter.getParameterType() == Read.class
        ? new Read(
            queries,
            Acting.of(Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class)))
                .caller(),
            number(web.getHeader(Write.NUMBER)))
        : list(web.getParameterMap());
  }

  private static @Nullable Long number(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (!NUMBER.matcher(header).matches()) {
      throw new FaultException(Fault.MALFORMED_REQUEST, "Varve-Number must be a number.");
    }
    return Long.valueOf(header);
  }

  private static ListRequest list(Map<String, String[]> parameters) {
    Map<String, List<String>> filters = new HashMap<>();
    parameters.forEach((name, values) -> filters.put(name, List.of(values)));
    String sort = only(filters.remove("sort"), "sort");
    String limit = only(filters.remove("limit"), "limit");
    String cursor = only(filters.remove("cursor"), "cursor");
    return new ListRequest(
        filters, sort, limit == null ? ListRequest.DEFAULT_LIMIT : limit(limit), cursor);
  }

  private static @Nullable String only(@Nullable List<String> values, String name) {
    if (values != null && values.size() != 1) {
      throw invalid(name, "too-many", "may be given once");
    }
    return values == null ? null : values.getFirst();
  }

  private static int limit(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid("limit", "wrong-type", "must be a whole number");
    }
  }

  private static InvalidException invalid(String name, String code, String message) {
    return new InvalidException(List.of(new Violation("/" + name, code, message)));
  }
}
