package io.varve.web.kri;

import io.varve.command.kri.ObserveKri;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.QuerySide;
import io.varve.query.kri.Kris;
import io.varve.query.kri.SeriesPoint;
import io.varve.query.kri.SeriesQuery;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Order;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed(Root.TENANTS)
@RequestMapping(KriController.PATH)
final class KriController implements Lists {

  static final String PATH = "/api/kris";

  private final QuerySide queries;
  private final Clock clock;

  KriController(QuerySide queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  @Override
  public Listing<?> listing() {
    return Kris.LISTING;
  }

  @Says("Lists KRIs with their colours")
  @Needs(Permission.KRI_READ)
  @GetMapping
  Page<KriView> list(ListRequest request, Read read) {
    return read.list(Kris.LISTING, request, KriView::of);
  }

  @Says("Shows a KRI")
  @Needs(Permission.KRI_READ)
  @GetMapping("/{id}")
  ResponseEntity<KriView> one(@PathVariable UUID id, Read read) {
    return read.one(Kris.LISTING, id, KriView::of);
  }

  @Says("Defines a KRI")
  @Needs(Permission.KRI_WRITE)
  @PostMapping
  ResponseEntity<Written> define(@Body KriFields fields, Write write) {
    return write.create(PATH, fields.define(new KriId(Ids.next())));
  }

  @Says("Gives a KRI these fields")
  @Needs(Permission.KRI_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body KriFields fields, Write write) {
    return write.change(fields.revise(new KriId(id)));
  }

  @Says("Tells a value that a KRI had, now or earlier")
  @Needs(Permission.OBSERVATION_WRITE)
  @PostMapping("/{id}/observations")
  ResponseEntity<Written> observe(
      @PathVariable UUID id, @Body NewObservation told, Caller caller, Write write) {
    var observation = new ObservationId(Ids.next());
    return write.add(
        PATH + "/" + id + "/observations",
        new ObserveKri(
            new KriId(id),
            observation,
            told.value(),
            Objects.requireNonNullElseGet(told.observedAt(), clock::instant),
            told.source(),
            told.note(),
            told.note() == null ? null : caller.ip()));
  }

  @Says("Lists the values that a KRI had, by the time at which it had them")
  @Needs(Permission.OBSERVATION_READ)
  @GetMapping("/{id}/observations")
  Page<ObservationView> series(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Order order,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Read read) {
    read.get(Kris.LISTING, id);
    var query =
        new SeriesQuery(
            from,
            to,
            order != Order.OLDEST_FIRST,
            Objects.requireNonNullElse(limit, ListRequest.DEFAULT_LIMIT),
            cursor);
    Page<SeriesPoint> page = queries.kriSeries().list(read.caller(), id, query);
    return new Page<>(page.items().stream().map(ObservationView::of).toList(), page.next());
  }
}
