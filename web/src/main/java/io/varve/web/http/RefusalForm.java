package io.varve.web.http;

import jakarta.servlet.http.HttpServletRequest;

/** Another form than a problem document, in which a protocol wants to be told what is refused. */
public interface RefusalForm {

  /** A refusal as it is answered. */
  record Refused(int status, String mediaType, String body) {}

  /** Whether a request is one of that protocol. */
  boolean covers(HttpServletRequest request);

  /**
   * @param problem what the failure is everywhere else
   */
  Refused of(Throwable failure, Problem problem);
}
