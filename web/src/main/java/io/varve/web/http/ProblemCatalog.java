package io.varve.web.http;

import io.varve.web.access.Public;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Explains each type of problem at its own URI. */
@RestController
public final class ProblemCatalog {

  /**
   * What a problem's type means.
   *
   * @param status with which it comes
   */
  record ProblemType(String type, String title, int status, String explanation) {}

  private static final Map<String, ProblemType> TYPES =
      Arrays.stream(Fault.values())
          .map(f -> type(f.code(), f.status(), f.sentence()))
          .collect(
              Collectors.toMap(
                  t -> t.type().substring(Problem.TYPES.length()),
                  t -> t,
                  (a, b) -> a,
                  TreeMap::new));

  static {
    add(
        "overtaken",
        409,
        "Other changes to the same thing came first, again and again. Try again.");
    add("value-taken", 409, "A value that must be unique is taken; \"errors\" says which.");
    add("idempotency-key-reused", 422, "The Idempotency-Key was used for another request before.");
    add("idempotency-key-in-use", 409, "A request with the same Idempotency-Key is under way.");
    add("stale", 412, "The thing has changed since the version in If-Match. Read it again.");
    add(
        "ledger-unavailable",
        503,
        "The ledger cannot take writes at the moment. Try again with the same Idempotency-Key.");
    add("risk-closed", 409, "A closed risk is reopened before it is changed.");
    add("risk-open", 409, "Only a closed risk can be reopened.");
    add("tenant-retired", 409, "Nothing of a retired tenant changes.");
    add("user-disabled", 409, "The user is disabled already.");
    add("user-active", 409, "Only a disabled user can be enabled.");
    add("not-own-account", 403, "Only the user may do this.");
    add("no-second-factor", 409, "Recovery codes stand in for a second factor; there is none.");
    add("no-recovery-code", 409, "All recovery codes were used.");
    add("escalation", 403, "This involves rights that the caller may not give.");
    add("role-withdrawn", 409, "A role that was withdrawn stays so.");
    add("group-removed", 409, "A group that was removed stays so.");
    add("impersonation-nested", 403, "Whoever acts as another does not act as a third one.");
    add("impersonation-over", 409, "It was ended already, or its time is over.");
    add("held", 409, "A legal hold stands; \"errors\" says for which matters.");
    add("hold-released", 409, "The hold was released: place another.");
    add("release-asked", 409, "The hold's release is asked for already.");
    add("release-not-asked", 409, "Nobody has asked for the hold's release, or it was withdrawn.");
    add("second-person", 403, "Another person has to do this than who asked for it.");
    add("export-decided", 409, "The export is completed, failed or cancelled already.");
    add("export-without-bundle", 409, "The export is not completed, so there is no bundle.");
    add("export-empty", 422, "No event is what the export asks for.");
    add("erasure-decided", 409, "The erasure was withdrawn, approved or executed already.");
    add("tenant-in-use", 409, "People of a tenant that is in use are erased in the tenant itself.");
    add("retired-too-lately", 409, "All of a retired tenant is kept for 400 days.");
    add("subject-erased", 409, "What was known of this person was erased for good.");
    add("user-erased", 409, "The user was erased for good.");
    add("last-admin", 409, "The last administrator stays until there is another.");
    add("source-paused", 409, "The source is paused: it cannot be once more, and takes no values.");
    add("source-active", 409, "Only a paused source can be resumed.");
    add("session-over", 401, "The session was ended or has expired: sign in again.");
    add("token-outdated", 401, "What you may do has changed: refresh the access token.");
    add(
        "cross-site",
        403,
        "What rests on a cookie takes the header Varve-Csrf, and a request from the same origin.");
    add("api-key-revoked", 409, "The API key is revoked already.");
    add("api-key-over", 401, "The API key was revoked or has expired, or its maker is disabled.");
    add("only-for-users", 403, "This is about the account of a user, which an API key has not.");
    add("no-such-kri", 404, "The source that the key pushes for has no such KRI.");
    add("provider-disabled", 409, "The identity provider is disabled already.");
    add("provider-active", 409, "Only a disabled identity provider can be enabled.");
    add("already-set-up", 409, "This installation was set up before.");
    add("not-for-carriers", 403, "A carrier finds what is its own below /api/carrier.");
    add(
        "second-factor-required",
        403,
        "A second factor is required: enrol one, or give its code, below /api/auth/mfa.");
    add(
        "step-up-required",
        403,
        "This is dangerous: give the code of the second factor anew, then repeat the request.");
    add("wrong-code", 403, "The code is wrong, or was used before.");
    add("no-second-factor", 409, "The user has no second factor: enrol one first.");
    add(
        "nothing-to-confirm",
        409,
        "No enrolment waits for its code: it is done, or has expired. Begin anew.");
    add(
        "second-factor-still-required",
        409,
        "A policy requires the second factor: it can be replaced, but not removed.");
    add("wrong-password", 403, "The current password is another than the one given.");
    add(
        "link-unusable",
        409,
        "The link was used, was replaced by another, or has expired. Ask for a new one.");
    add(
        "wrong-credentials",
        401,
        "The e-mail address or the password is wrong, or the user is disabled.");
  }

  @Public
  @GetMapping(Problem.TYPES + "{code}")
  ResponseEntity<ProblemType> explain(@PathVariable String code) {
    ProblemType type = TYPES.get(code);
    if (type == null) {
      throw new FaultException(Fault.NOT_FOUND);
    }
    return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(type);
  }

  public static boolean knows(String code) {
    return TYPES.containsKey(code);
  }

  private static void add(String code, int status, String explanation) {
    TYPES.put(code, type(code, status, explanation));
  }

  private static ProblemType type(String code, int status, String explanation) {
    return new ProblemType(Problem.TYPES + code, Problem.title(code), status, explanation);
  }
}
