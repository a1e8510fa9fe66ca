package io.varve.command.identity;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupEvent;
import io.varve.events.identity.GroupEvent.GroupCreated;
import io.varve.events.identity.GroupEvent.GroupMembersChanged;
import io.varve.events.identity.GroupEvent.GroupRemoved;
import io.varve.events.identity.GroupEvent.GroupRenamed;
import io.varve.events.identity.GroupEvent.GroupRolesMapped;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one group of users. */
@AggregateRoot(type = "group")
public final class GroupAggregate extends StreamAggregate<Group, GroupEvent> {

  GroupAggregate() {
    super(Group.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided create(CreateGroup command) {
    record(new GroupCreated(command.id(), command.name(), command.externalId()));
    return decided();
  }

  @CommandHandler
  Decided rename(RenameGroup command) {
    requireActive();
    record(new GroupRenamed(command.name(), command.externalId()));
    return decided();
  }

  @CommandHandler
  Decided change(ChangeGroupMembers command, Links links, Rights rights) {
    requireActive();
    requireGrants(rights);
    have("/added", command.added(), command.removed(), links);
    return decided();
  }

  @CommandHandler
  Decided set(SetGroupMembers command, Links links, Rights rights) {
    requireActive();
    requireGrants(rights);
    SortedSet<UserId> before = state().members();
    links.wanted().all("/members", User.STREAM, before, command.members()).require();
    var added = new TreeSet<>(command.members());
    added.removeAll(before);
    var removed = new TreeSet<>(before);
    removed.removeAll(command.members());
    record(new GroupMembersChanged(added, removed));
    return decided();
  }

  @CommandHandler
  Decided map(MapGroupRoles command, Rights rights) {
    requireActive();
    requireGrants(rights);
    var added = new TreeSet<>(command.roles());
    added.removeAll(state().roles());
    rights.requireActive("/roles", added);
    Rights.requireGrants(rights.given(Caller.current().tenant(), added));
    record(new GroupRolesMapped(command.roles()));
    return decided();
  }

  @CommandHandler
  Decided remove(RemoveGroup command, Rights rights) {
    requireActive();
    requireGrants(rights);
    record(new GroupRemoved());
    return decided();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided provision(ProvisionGroup command, Links links) {
    record(new GroupCreated(command.id(), command.name(), command.externalId()));
    have("/members", command.members(), new TreeSet<>(), links);
    return decided();
  }

  @CommandHandler
  Decided align(AlignGroup command, Links links) {
    requireActive();
    record(new GroupRenamed(command.name(), command.externalId()));
    have("/members", command.added(), command.removed(), links);
    return decided();
  }

  @CommandHandler
  Decided leave(LeaveGroup command, Links links) {
    requireActive();
    have("/members", new TreeSet<>(), new TreeSet<>(Set.of(command.user())), links);
    return decided();
  }

  @CommandHandler
  Decided deprovision(DeprovisionGroup command) {
    requireActive();
    record(new GroupRemoved());
    return decided();
  }

  private void have(
      String pointer, SortedSet<UserId> wanted, SortedSet<UserId> unwanted, Links links) {
    links.wanted().all(pointer, User.STREAM, state().members(), wanted).require();
    var added = new TreeSet<>(wanted);
    added.removeAll(state().members());
    var removed = new TreeSet<>(unwanted);
    removed.retainAll(state().members());
    record(new GroupMembersChanged(added, removed));
  }

  private void requireActive() {
    if (state().status() == Group.Status.REMOVED) {
      throw new GroupRefusal.GroupIsRemoved();
    }
  }

  /** Who is in the group, and what it gives, is for those to decide over who may give as much. */
  private void requireGrants(Rights rights) {
    Rights.requireGrants(rights.given(Caller.current().tenant(), state().roles()));
  }
}
