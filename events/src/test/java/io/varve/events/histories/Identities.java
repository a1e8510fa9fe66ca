package io.varve.events.histories;

import static io.varve.events.histories.Values.flags;
import static io.varve.events.histories.Values.hashes;
import static io.varve.events.histories.Values.instants;
import static io.varve.events.histories.Values.lines;
import static io.varve.events.histories.Values.personalOf;
import static io.varve.events.histories.Values.prose;
import static io.varve.events.histories.Values.roles;
import static io.varve.events.histories.Values.sortedSets;
import static io.varve.events.histories.Values.users;
import static io.varve.events.histories.Values.uuids;
import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Arbitraries.just;
import static net.jqwik.api.Arbitraries.oneOf;
import static net.jqwik.api.Combinators.combine;

import io.varve.events.access.Permission;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupEvent.GroupCreated;
import io.varve.events.identity.GroupEvent.GroupMembersChanged;
import io.varve.events.identity.GroupEvent.GroupRemoved;
import io.varve.events.identity.GroupEvent.GroupRenamed;
import io.varve.events.identity.GroupEvent.GroupRolesMapped;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.ImpersonationEvent.ImpersonationEnded;
import io.varve.events.identity.ImpersonationEvent.ImpersonationStarted;
import io.varve.events.identity.ImpersonationId;
import io.varve.events.identity.LinkSent;
import io.varve.events.identity.RoleEvent.RoleDefined;
import io.varve.events.identity.RoleEvent.RoleDescribed;
import io.varve.events.identity.RoleEvent.RolePermissionsSet;
import io.varve.events.identity.RoleEvent.RoleWithdrawn;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.User;
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
import io.varve.events.identity.UserId;
import io.varve.events.session.SessionId;
import java.util.SortedSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Histories of users and of what they are given. */
final class Identities {

  /** Few, so that one that was linked is unlinked, too. */
  private static final Arbitrary<UUID> PROVIDERS = Arbitraries.of(new UUID(1, 1), new UUID(1, 2));

  private Identities() {}

  /** All of one user: personal data is under the key of the person it is about. */
  static Plot user() {
    UUID id = UUID.fromString("0197a1b2-0000-7000-8000-000000000001");
    return new Plot(
        User.STREAM,
        combine(
                just(new UserId(id)),
                uuids(),
                personalOf(id),
                personalOf(id),
                hashes(),
                roles(),
                uuids().injectNull(0.3))
            .as(UserRegistered::new),
        oneOf(
            personalOf(id).map(UserRenamed::new),
            combine(personalOf(id), hashes()).as(UserEmailChanged::new),
            roles().map(UserRoleAssigned::new),
            uuids().map(UserPasswordSet::new),
            sortedSets(uuids().map(RoleId::new)).map(UserRolesGranted::new),
            flags().map(UserMfaPolicySet::new),
            uuids().map(UserTotpEnrolled::new),
            just(new UserTotpRemoved()),
            integers().between(1, 10).map(UserRecoveryCodesIssued::new),
            just(new UserRecoveryCodeUsed()),
            combine(Arbitraries.of(LinkSent.Purpose.class), instants()).as(UserLinkSent::new),
            combine(PROVIDERS, hashes()).as(UserSignOnLinked::new),
            PROVIDERS.map(UserSignOnUnlinked::new),
            oneOf(
                combine(personalOf(id), hashes()).as(UserExternalIdSet::new),
                just(new UserExternalIdSet(null, null))),
            just(new UserDeprovisioned()),
            just(new UserSessionsEnded()),
            just(new UserDisabled()),
            just(new UserErased()),
            just(new UserEnabled())));
  }

  static Plot role() {
    Arbitrary<SortedSet<Permission>> permissions = sortedSets(Arbitraries.of(Permission.class));
    return new Plot(
        CustomRole.STREAM,
        combine(uuids().map(RoleId::new), lines(), prose(), permissions).as(RoleDefined::new),
        oneOf(
            combine(lines(), prose()).as(RoleDescribed::new),
            permissions.map(RolePermissionsSet::new),
            just(new RoleWithdrawn())));
  }

  static Plot group() {
    Arbitrary<UserId> members =
        Arbitraries.of(new UserId(new UUID(2, 1)), new UserId(new UUID(2, 2)));
    return new Plot(
        Group.STREAM,
        combine(uuids().map(GroupId::new), lines(), lines().injectNull(0.3)).as(GroupCreated::new),
        oneOf(
            combine(lines(), lines().injectNull(0.3)).as(GroupRenamed::new),
            combine(sortedSets(members), sortedSets(members)).as(GroupMembersChanged::new),
            sortedSets(uuids().map(RoleId::new)).map(GroupRolesMapped::new),
            just(new GroupRemoved())));
  }

  static Plot impersonation() {
    return new Plot(
        Impersonation.STREAM,
        combine(
                uuids().map(ImpersonationId::new),
                users(),
                uuids(),
                uuids().map(SessionId::new),
                users(),
                lines(),
                instants())
            .as(ImpersonationStarted::new),
        just(new ImpersonationEnded()));
  }
}
