package io.varve.web.http;

import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what never got as far as a filter, such as a request that is no HTTP. */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    Fault fault = Fault.ofStatus(status);
    Problems.write(
        response.getResponse(),
        Problem.of(
            fault.status(),
            fault.code(),
            fault.sentence(),
            RequestIds.of(request.getRequest()),
            List.of()));
  }
}
