package io.varve.web.hold;

import io.varve.command.hold.AskForRelease;
import io.varve.command.hold.ExtendHold;
import io.varve.command.hold.PlaceHold;
import io.varve.command.hold.ReleaseHold;
import io.varve.command.hold.WithdrawRelease;
import io.varve.events.access.Permission;
import io.varve.events.hold.HoldId;
import io.varve.events.identity.UserId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.hold.LegalHolds;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Absent;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Legal holds. Whoever governs a tenant may agree with the one administrator that it has: by the
 * tenant's path, as another person.
 */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
@RequestMapping(HoldController.PATH)
final class HoldController implements Lists {

  static final String PATH = "/api/holds";

  /**
   * What is to be kept, and for which matter.
   *
   * @param custodians users, everything about whom is kept
   * @param scope absent where that is all
   */
  record NewHold(
      String matter,
      String reason,
      @Nullable SortedSet<UserId> custodians,
      @Nullable ScopeFields scope) {}

  /** What is to be kept from now on: all that was, and more. */
  record WiderHold(
      @Nullable SortedSet<UserId> custodians, @Nullable ScopeFields scope, String reason) {}

  record Reason(String reason) {}

  @Override
  public Listing<?> listing() {
    return LegalHolds.LISTING;
  }

  @Says("Lists legal holds")
  @Needs(Permission.HOLD_READ)
  @GetMapping
  Page<HoldView> list(ListRequest request, Read read) {
    return read.list(LegalHolds.LISTING, request, HoldView::of);
  }

  @Says("Shows a legal hold")
  @Needs(Permission.HOLD_READ)
  @GetMapping("/{id}")
  ResponseEntity<HoldView> one(@PathVariable UUID id, Read read) {
    return read.one(LegalHolds.LISTING, id, HoldView::of);
  }

  @Says(
      "Places a legal hold: what it covers is neither erased nor purged, nor is the tenant retired")
  @Needs(Permission.HOLD_WRITE)
  @PostMapping
  ResponseEntity<Written> place(@Body NewHold hold, Write write) {
    return write.create(
        PATH,
        new PlaceHold(
            new HoldId(Ids.next()),
            hold.matter(),
            hold.reason(),
            Absent.set(hold.custodians()),
            ScopeFields.scope(hold.scope())));
  }

  @Says(value = "Widens a legal hold", changes = true)
  @Needs(Permission.HOLD_WRITE)
  @PostMapping("/{id}/extend")
  ResponseEntity<Written> extend(@PathVariable UUID id, @Body WiderHold wider, Write write) {
    return write.change(
        new ExtendHold(
            new HoldId(id),
            Absent.set(wider.custodians()),
            ScopeFields.scope(wider.scope()),
            wider.reason()));
  }

  @Says(value = "Asks another to release a legal hold", changes = true)
  @Needs(Permission.HOLD_WRITE)
  @PostMapping("/{id}/release-request")
  ResponseEntity<Written> ask(@PathVariable UUID id, @Body Reason given, Write write) {
    return write.change(new AskForRelease(new HoldId(id), given.reason()));
  }

  @Says("Takes back that a legal hold is to be released")
  @Needs(Permission.HOLD_WRITE)
  @PostMapping("/{id}/release-request/withdraw")
  ResponseEntity<Written> withdraw(@PathVariable UUID id, Write write) {
    return write.change(new WithdrawRelease(new HoldId(id)));
  }

  @Says(value = "Releases a legal hold, as another has asked", changes = true)
  @Needs(value = Permission.HOLD_WRITE, fresh = true)
  @PostMapping("/{id}/release")
  ResponseEntity<Written> release(@PathVariable UUID id, @Body Reason given, Write write) {
    return write.change(new ReleaseHold(new HoldId(id), given.reason()));
  }
}
