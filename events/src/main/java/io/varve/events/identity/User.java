package io.varve.events.identity;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.access.Role;
import io.varve.events.identity.UserEvent.UserDeprovisioned;
import io.varve.events.identity.UserEvent.UserDisabled;
import io.varve.events.identity.UserEvent.UserEmailChanged;
import io.varve.events.identity.UserEvent.UserEnabled;
import io.varve.events.identity.UserEvent.UserErased;
import io.varve.events.identity.UserEvent.UserExternalIdSet;
import io.varve.events.identity.UserEvent.UserLinkSent;
import io.varve.events.identity.UserEvent.UserMfaPolicySet;
import io.varve.events.identity.UserEvent.UserPasswordSet;
import io.varve.events.identity.UserEvent.UserRecoveryCodeUsed;
import io.varve.events.identity.UserEvent.UserRecoveryCodesIssued;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRenamed;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.identity.UserEvent.UserRolesGranted;
import io.varve.events.identity.UserEvent.UserSessionsEnded;
import io.varve.events.identity.UserEvent.UserSignOnLinked;
import io.varve.events.identity.UserEvent.UserSignOnUnlinked;
import io.varve.events.identity.UserEvent.UserTotpEnrolled;
import io.varve.events.identity.UserEvent.UserTotpRemoved;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param home the platform, organization, tenant or carrier that the user belongs to
 * @param emailHash of the address, under a key of the platform: unique, and what signing in looks
 *     for; null once the user is erased
 * @param role one of the scope that {@code home} is
 * @param roles of the tenant's own making, which add to {@code role}; those that were withdrawn add
 *     nothing
 * @param credential where the vault keeps the password's hash; without one no password fits
 * @param epoch raised by whatever ends all sessions that there are: those of another epoch are over
 * @param mfaRequired whether the user must have a second factor, even where nobody else must
 * @param totp where the vault keeps what is shared with the device that shows one-time passwords
 * @param recoveryCodes how many are left
 * @param link the last link by which a password can be set, until one is set
 * @param signOns for each identity provider that the user can sign in through, the identity there
 *     as a keyed hash
 * @param externalId what a directory that provisions users calls this one
 * @param externalIdHash of the same, under a key of the platform: unique in the tenant
 * @param deprovisioned whether a directory has removed the user, who is not there for it until it
 *     is enabled again
 */
public record User(
    UserId id,
    UUID home,
    Personal name,
    Personal email,
    @Nullable String emailHash,
    Role role,
    SortedSet<RoleId> roles,
    @Nullable UUID credential,
    Status status,
    int epoch,
    boolean mfaRequired,
    @Nullable UUID totp,
    int recoveryCodes,
    @Nullable LinkSent link,
    SortedMap<UUID, String> signOns,
    @Nullable Personal externalId,
    @Nullable String externalIdHash,
    boolean deprovisioned)
    implements State {

  public static final StreamDefinition<User, UserEvent> STREAM =
      new StreamDefinition<>("user", User.class, UserEvent.class, User::evolve, 4);

  public static final int MAX_ROLES = 50;
  public static final int MAX_SIGN_ONS = 20;
  public static final int MAX_RECOVERY_CODES = 100;

  /** The kind of the value by which a user is found who gives an address. */
  public static final String EMAIL = "user.email";

  /** The kind of the value by which a user is found whom an identity provider vouches for. */
  public static final String SIGN_ON = "user.sign-on";

  /** The kind of the value that a user whom a directory calls something holds in its tenant. */
  public static final String EXTERNAL_ID = "user.external-id";

  /**
   * The kind of the value that every active administrator holds in its home: its own id, so that
   * they can be counted. The ledger refuses to free the last one of a home.
   */
  public static final String ADMINISTRATOR = "user.admin";

  /** A hash of at least 128 bits as hexadecimal or base64url, which no address looks like. */
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{22,128}");

  /** Whether the user may sign in. */
  public enum Status {
    ACTIVE,
    DISABLED,
    /** Nothing is known of the user any more, and nothing will be. */
    ERASED
  }

  static User evolve(@Nullable User user, UserEvent event) {
    if (event instanceof UserRegistered e) {
      return registered(e);
    }
    return requireNonNull(user)
        .changed(
            draft -> {
              switch (event) {
                case UserRegistered e ->
                    throw new IllegalStateException("a user is registered once");
                case UserRenamed e -> draft.name = e.name();
                case UserEmailChanged e -> {
                  draft.email = e.email();
                  draft.emailHash = e.emailHash();
                }
                case UserRoleAssigned e -> draft.role = e.role();
                case UserRolesGranted e -> draft.roles = e.roles();
                case UserMfaPolicySet e -> draft.mfaRequired = e.required();
                case UserPasswordSet e -> {
                  draft.credential = e.credential();
                  draft.link = null;
                  draft.epoch++;
                }
                case UserTotpEnrolled e -> draft.totp = e.totp();
                case UserTotpRemoved _ -> {
                  draft.totp = null;
                  draft.recoveryCodes = 0;
                  draft.epoch++;
                }
                case UserRecoveryCodesIssued e -> draft.recoveryCodes = e.count();
                case UserRecoveryCodeUsed _ ->
                    draft.recoveryCodes = Math.max(0, draft.recoveryCodes - 1);
                case UserLinkSent e -> draft.link = new LinkSent(e.purpose(), e.until());
                case UserSignOnLinked e -> draft.signOns.put(e.provider(), e.subject());
                case UserSignOnUnlinked e -> draft.signOns.remove(e.provider());
                case UserExternalIdSet e -> {
                  draft.externalId = e.externalId();
                  draft.externalIdHash = e.externalIdHash();
                }
                case UserSessionsEnded _ -> draft.epoch++;
                case UserDisabled _ -> {
                  draft.status = Status.DISABLED;
                  draft.epoch++;
                }
                case UserDeprovisioned _ -> draft.deprovisioned = true;
                case UserErased _ -> draft.erase();
                case UserEnabled _ -> {
                  draft.status = Status.ACTIVE;
                  draft.deprovisioned = false;
                }
              }
            });
  }

  @Override
  public void check(Rules rules) {
    rules
        .hold(
            emailHash == null || HASH.matcher(emailHash).matches(),
            "/emailHash",
            "malformed",
            "must be a keyed hash")
        .hold(name.subject().equals(id.value()), "/name", "not-own", "must be the user's own")
        .hold(email.subject().equals(id.value()), "/email", "not-own", "must be the user's own")
        .hold(
            externalId == null || externalId.subject().equals(id.value()),
            "/externalId",
            "not-own",
            "must be the user's own")
        .hold(
            (externalId == null) == (externalIdHash == null)
                && (externalIdHash == null || HASH.matcher(externalIdHash).matches()),
            "/externalIdHash",
            "malformed",
            "must be a keyed hash of the external id")
        .size("/roles", roles, MAX_ROLES)
        .size("/signOns", signOns.keySet(), MAX_SIGN_ONS)
        .range("/recoveryCodes", recoveryCodes, 0, MAX_RECOVERY_CODES);
    signOns
        .values()
        .forEach(subject -> rules.matches("/subject", subject, HASH, "must be a keyed hash"));
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    var values = new HashSet<UniqueValue>();
    if (emailHash != null) {
      values.add(UniqueValue.inPlatform(EMAIL, emailHash, "/email"));
    }
    signOns
        .values()
        .forEach(subject -> values.add(UniqueValue.inPlatform(SIGN_ON, subject, "/subject")));
    if (externalIdHash != null && !deprovisioned) {
      values.add(UniqueValue.inTenant(EXTERNAL_ID, externalIdHash, "/externalId"));
    }
    if (status == Status.ACTIVE && role.isAdministrator()) {
      values.add(UniqueValue.inTenant(ADMINISTRATOR, id.value().toString(), "/role"));
    }
    return values;
  }

  private static User registered(UserRegistered e) {
    return new User(
        e.id(),
        e.home(),
        e.name(),
        e.email(),
        e.emailHash(),
        e.role(),
        new TreeSet<>(),
        e.credential(),
        Status.ACTIVE,
        0,
        false,
        null,
        0,
        null,
        new TreeMap<>(),
        null,
        null,
        false);
  }

  private User changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.user();
  }

  /** A user while an event is folded into it. */
  private static final class Draft {
    private final UserId id;
    private final UUID home;
    private Personal name;
    private Personal email;
    private @Nullable String emailHash;
    private Role role;
    private SortedSet<RoleId> roles;
    private @Nullable UUID credential;
    private Status status;
    private int epoch;
    private boolean mfaRequired;
    private @Nullable UUID totp;
    private int recoveryCodes;
    private @Nullable LinkSent link;
    private final SortedMap<UUID, String> signOns;
    private @Nullable Personal externalId;
    private @Nullable String externalIdHash;
    private boolean deprovisioned;

    Draft(User user) {
      id = user.id;
      home = user.home;
      name = user.name;
      email = user.email;
      emailHash = user.emailHash;
      role = user.role;
      roles = user.roles;
      credential = user.credential;
      status = user.status;
      epoch = user.epoch;
      mfaRequired = user.mfaRequired;
      totp = user.totp;
      recoveryCodes = user.recoveryCodes;
      link = user.link;
      signOns = new TreeMap<>(user.signOns);
      externalId = user.externalId;
      externalIdHash = user.externalIdHash;
      deprovisioned = user.deprovisioned;
    }

    void erase() {
      emailHash = null;
      roles = new TreeSet<>();
      credential = null;
      status = Status.ERASED;
      epoch++;
      mfaRequired = false;
      totp = null;
      recoveryCodes = 0;
      link = null;
      signOns.clear();
      externalId = null;
      externalIdHash = null;
      deprovisioned = true;
    }

    User user() {
      return new User(
          id,
          home,
          name,
          email,
          emailHash,
          role,
          roles,
          credential,
          status,
          epoch,
          mfaRequired,
          totp,
          recoveryCodes,
          link,
          signOns,
          externalId,
          externalIdHash,
          deprovisioned);
    }
  }
}
