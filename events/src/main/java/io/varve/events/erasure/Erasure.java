package io.varve.events.erasure;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.erasure.ErasureEvent.ErasureApproved;
import io.varve.events.erasure.ErasureEvent.ErasureBlocked;
import io.varve.events.erasure.ErasureEvent.ErasureCompleted;
import io.varve.events.erasure.ErasureEvent.ErasureRequested;
import io.varve.events.erasure.ErasureEvent.ErasureWithdrawn;
import io.varve.events.hold.HoldId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of what is known of a person, or of a retired tenant: asked for by one, approved by
 * another, then executed.
 *
 * @param tenant whose data it is, where that is not the one that this is written in: a retired one
 * @param subject the person; null for the whole of a retired tenant
 * @param extent how much there was when it was asked for, and once completed what it came to
 * @param hold that has kept it from being executed
 * @param matter the number of that hold's matter
 * @param removed how much of each other sort was deleted
 */
public record Erasure(
    ErasureId id,
    @Nullable TenantId tenant,
    @Nullable UUID subject,
    String legalBasis,
    UserId requester,
    @Nullable UserId approver,
    Status status,
    Extent extent,
    @Nullable HoldId hold,
    @Nullable String matter,
    SortedMap<String, Long> removed)
    implements State {

  public static final StreamDefinition<Erasure, ErasureEvent> STREAM =
      new StreamDefinition<>("erasure", Erasure.class, ErasureEvent.class, Erasure::evolve);

  public static final int MAX_LEGAL_BASIS = 200;

  /**
   * The kind of the value that an erasure has in its tenant until it is over, and done for good.
   */
  public static final String OF = "erasure.of";

  /** The kind of the value that an erasure has between its approval and its end: its id. */
  public static final String APPROVED = "erasure.approved";

  /** How far it has come. */
  public enum Status {
    REQUESTED,
    WITHDRAWN,
    APPROVED,
    BLOCKED,
    COMPLETED
  }

  /**
   * How much is about a person.
   *
   * @param events with personal text of the person
   * @param fields of personal text in them, what they say of changes included
   */
  public record Extent(long events, long fields) {}

  public Erasure {
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }

  static Erasure evolve(@Nullable Erasure erasure, ErasureEvent event) {
    if (event instanceof ErasureRequested e) {
      return new Erasure(
          e.id(),
          e.tenant(),
          e.subject(),
          e.legalBasis(),
          e.requester(),
          null,
          Status.REQUESTED,
          e.extent(),
          null,
          null,
          new TreeMap<>());
    }
    Erasure was = requireNonNull(erasure);
    return switch (event) {
      case ErasureRequested e -> throw new IllegalStateException("an erasure is asked for once");
      case ErasureWithdrawn e -> was.becoming(Status.WITHDRAWN, was.approver);
      case ErasureApproved e -> was.becoming(Status.APPROVED, e.approver());
      case ErasureBlocked e ->
          was.ending(Status.BLOCKED, was.extent, e.hold(), e.matter(), was.removed);
      case ErasureCompleted e -> was.ending(Status.COMPLETED, e.extent(), null, null, e.removed());
    };
  }

  @Override
  public void check(Rules rules) {
    rules
        .line("/legalBasis", legalBasis, MAX_LEGAL_BASIS)
        .range("/extent/events", extent.events(), 0, Long.MAX_VALUE)
        .range("/extent/fields", extent.fields(), 0, Long.MAX_VALUE)
        .hold(
            subject != null || tenant != null, "/subject", "required", "is required in one's own");
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    UniqueValue of = UniqueValue.inTenant(OF, tenantText() + subjectText(), "/subject");
    return switch (status) {
      case REQUESTED, COMPLETED -> Set.of(of);
      case APPROVED ->
          Set.of(of, UniqueValue.inTenant(APPROVED, id.value().toString(), "/subject"));
      case WITHDRAWN, BLOCKED -> Set.of();
    };
  }

  private String tenantText() {
    return tenant == null ? "" : tenant.value() + " ";
  }

  private String subjectText() {
    return subject == null ? "" : subject.toString();
  }

  private Erasure becoming(Status status, @Nullable UserId approver) {
    return new Erasure(
        id,
        tenant,
        subject,
        legalBasis,
        requester,
        approver,
        status,
        extent,
        hold,
        matter,
        removed);
  }

  private Erasure ending(
      Status status,
      Extent extent,
      @Nullable HoldId hold,
      @Nullable String matter,
      SortedMap<String, Long> removed) {
    return new Erasure(
        id,
        tenant,
        subject,
        legalBasis,
        requester,
        approver,
        status,
        extent,
        hold,
        matter,
        removed);
  }
}
