package io.varve.web.outcome;

import io.varve.events.access.Permission;
import io.varve.events.outcome.OutcomeId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.outcome.Outcomes;
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
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed(Root.TENANTS)
@RequestMapping(OutcomeController.PATH)
final class OutcomeController implements Lists {

  static final String PATH = "/api/outcomes";

  @Override
  public Listing<?> listing() {
    return Outcomes.LISTING;
  }

  @Says("Lists outcomes with their severities")
  @Needs(Permission.OUTCOME_READ)
  @GetMapping
  Page<OutcomeView> list(ListRequest request, Read read) {
    return read.list(Outcomes.LISTING, request, OutcomeView::of);
  }

  @Says("Shows an outcome")
  @Needs(Permission.OUTCOME_READ)
  @GetMapping("/{id}")
  ResponseEntity<OutcomeView> one(@PathVariable UUID id, Read read) {
    return read.one(Outcomes.LISTING, id, OutcomeView::of);
  }

  @Says("Defines an outcome")
  @Needs(Permission.OUTCOME_WRITE)
  @PostMapping
  ResponseEntity<Written> define(@Body OutcomeFields fields, Write write) {
    return write.create(PATH, fields.define(new OutcomeId(Ids.next())));
  }

  @Says("Gives an outcome these fields")
  @Needs(Permission.OUTCOME_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body OutcomeFields fields, Write write) {
    return write.change(fields.revise(new OutcomeId(id)));
  }
}
