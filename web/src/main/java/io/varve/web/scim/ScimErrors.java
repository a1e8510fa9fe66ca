package io.varve.web.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.varve.command.LedgerRefusal.ValueTaken;
import io.varve.events.rule.InvalidException;
import io.varve.web.http.Problem;
import io.varve.web.http.RefusalForm;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refusals as RFC 7644, section 3.12 has them. */
final class ScimErrors implements RefusalForm {

  @Override
  public boolean covers(HttpServletRequest request) {
    return request.getRequestURI().startsWith(Exchange.ROOT + "/");
  }

  @Override
  public Refused of(Throwable failure, Problem problem) {
    ErrorResponse error =
        switch (failure) {
          case ScimException scim -> scim.getScimError();
          case ValueTaken taken ->
              error(409, "uniqueness", "The value at " + taken.pointer() + " is taken.");
          case InvalidException invalid -> error(400, "invalidValue", said(invalid));
          default ->
              error(problem.status() == 422 ? 400 : problem.status(), null, problem.detail());
        };
    return new Refused(
        error.getStatus(),
        Exchange.MEDIA_TYPE,
        JsonUtils.getObjectWriter().writeValueAsString(error));
  }

  private static String said(InvalidException invalid) {
    return invalid.violations().stream()
        .map(violation -> violation.pointer() + " " + violation.message() + ".")
        .collect(Collectors.joining(" "));
  }

  private static ErrorResponse error(int status, @Nullable String type, String detail) {
    var error = new ErrorResponse(status);
    error.setScimType(type);
    error.setDetail(detail);
    return error;
  }
}
