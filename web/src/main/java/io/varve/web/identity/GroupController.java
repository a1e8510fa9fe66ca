package io.varve.web.identity;

import io.varve.command.identity.CreateGroup;
import io.varve.command.identity.MapGroupRoles;
import io.varve.command.identity.RemoveGroup;
import io.varve.command.identity.RenameGroup;
import io.varve.command.identity.SetGroupMembers;
import io.varve.events.access.Permission;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.identity.Groups;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.SortedSet;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Groups of users, and what they give to their members. */
@RestController
@Homed(Root.TENANTS)
@RequestMapping(GroupController.PATH)
final class GroupController implements Lists {

  static final String PATH = "/api/groups";

  record GroupMembers(SortedSet<UserId> members) {}

  /** Roles of the tenant's own making. */
  record GroupRoles(SortedSet<RoleId> roles) {}

  @Override
  public Listing<?> listing() {
    return Groups.LISTING;
  }

  @Says("Lists groups, those that were removed among them")
  @Needs(Permission.GROUP_READ)
  @GetMapping
  Page<GroupView> list(ListRequest request, Read read) {
    return read.list(Groups.LISTING, request, GroupView::of);
  }

  @Says("Shows a group")
  @Needs(Permission.GROUP_READ)
  @GetMapping("/{id}")
  ResponseEntity<GroupView> one(@PathVariable UUID id, Read read) {
    return read.one(Groups.LISTING, id, GroupView::of);
  }

  @Says("Creates a group without members")
  @Needs(Permission.GROUP_WRITE)
  @PostMapping
  ResponseEntity<Written> create(@Body GroupFields fields, Write write) {
    return write.create(
        PATH, new CreateGroup(new GroupId(Ids.next()), fields.name(), fields.externalId()));
  }

  @Says("Gives a group another name")
  @Needs(Permission.GROUP_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> rename(@PathVariable UUID id, @Body GroupFields fields, Write write) {
    return write.change(new RenameGroup(new GroupId(id), fields.name(), fields.externalId()));
  }

  @Says("Makes these users the members of a group, and nobody else")
  @Needs(Permission.GROUP_WRITE)
  @PutMapping("/{id}/members")
  ResponseEntity<Written> members(@PathVariable UUID id, @Body GroupMembers given, Write write) {
    return write.change(new SetGroupMembers(new GroupId(id), given.members()));
  }

  @Says("Gives every member of a group these roles of the tenant's own, and no others by the group")
  @Needs(Permission.GROUP_WRITE)
  @PutMapping("/{id}/roles")
  ResponseEntity<Written> map(@PathVariable UUID id, @Body GroupRoles given, Write write) {
    return write.change(new MapGroupRoles(new GroupId(id), given.roles()));
  }

  @Says("Removes a group for good, and what its members had by it")
  @Needs(Permission.GROUP_WRITE)
  @PostMapping("/{id}/remove")
  ResponseEntity<Written> remove(@PathVariable UUID id, Write write) {
    return write.change(new RemoveGroup(new GroupId(id)));
  }
}
