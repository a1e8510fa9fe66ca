package io.varve.web.http;

import io.varve.events.access.Caller;
import io.varve.events.provenance.Via;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The caller of a request within the home that the request is about, once it is known that the
 * caller reaches it.
 *
 * @param root the path below which that home's things are found
 */
public record Acting(Caller caller, String root) {

  private static final String ATTRIBUTE = Acting.class.getName();
  private static final String OWN = "/api";

  /** A caller within its own home. */
  public static Acting own(Caller caller) {
    return new Acting(caller, OWN);
  }

  /** The same, by another way than the request that carries it. */
  Acting by(Via way) {
    return new Acting(caller.by(way), root);
  }

  /** Where, below the root, something is found whose path in one's own home is this. */
  String under(String path) {
    return root + path.substring(OWN.length());
  }

  public static void set(HttpServletRequest request, Acting acting) {
    request.setAttribute(ATTRIBUTE, acting);
  }

  /**
   * @throws IllegalStateException for a request that anybody may make
   */
  public static Acting of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Acting acting) {
      return acting;
    }
    throw new IllegalStateException("a public operation has no caller");
  }
}
