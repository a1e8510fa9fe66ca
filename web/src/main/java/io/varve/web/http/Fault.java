package io.varve.web.http;

import io.varve.events.Refusal;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be wrong with a request as HTTP, before any capability has looked at it. */
public enum Fault {
  MALFORMED_REQUEST(400, "malformed-request", "The request cannot be understood."),
  MALFORMED_JSON(400, "malformed-json", "The body is not one well-formed JSON document."),
  WRONG_SHAPE(400, "wrong-shape", "The body has unknown fields or values of a wrong type."),
  UNAUTHENTICATED(401, "unauthenticated", "This needs a valid access token."),
  FORBIDDEN(403, "forbidden", "The caller lacks the right."),
  NOT_FOUND(404, "not-found", "There is no such thing."),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "This resource does not know that method."),
  NOT_ACCEPTABLE(406, "not-acceptable", "This resource is not available in that media type."),
  GONE(410, "gone", "It was here, and is no more."),
  TOO_LARGE(413, "too-large", "The body is larger than this resource takes."),
  UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body must be application/json."),
  RANGE_NOT_SATISFIABLE(416, "range-not-satisfiable", "There are no such bytes."),
  INVALID(422, "invalid", "Values break rules; each is named in \"errors\"."),
  PRECONDITION_REQUIRED(
      428,
      "precondition-required",
      "A revision needs If-Match: the ETag that it is based on, or * for any."),
  TOO_MANY_REQUESTS(
      429, "too-many-requests", "That was too often. Try again after the seconds in Retry-After."),
  TOO_MANY_STREAMS(
      429,
      "too-many-streams",
      "This user follows the trail as often as one may at once. End one, or try again later."),
  INTERNAL(500, "internal", "Something failed. The log has it under the request's id."),
  UNAVAILABLE(503, "unavailable", "The database is away. Try again a little later."),
  READ_MODEL_BEHIND(
      503,
      "read-model-behind",
      "The read model has not reached the number in Varve-Number. Try again a little later.");

  private static final Map<String, Fault> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Fault::code, Function.identity()));

  private final int status;
  private final String code;
  private final String sentence;

  Fault(int status, String code, String sentence) {
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  public int status() {
    return status;
  }

  /** The last part of the problem's {@code type}. */
  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  /** The fault that stands for a status when nothing more is known. */
  static Fault ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> UNAVAILABLE;
      default -> status / 100 == 4 ? MALFORMED_REQUEST : INTERNAL;
    };
  }

  static boolean isCode(String code) {
    return BY_CODE.containsKey(code);
  }

  /** The one status of each kind of refusal. */
  static int statusOf(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID, UNPROCESSABLE -> 422;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case STALE -> 412;
      case FORBIDDEN -> 403;
      case UNAUTHENTICATED -> 401;
      case UNAVAILABLE -> 503;
    };
  }
}
