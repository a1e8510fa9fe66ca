package io.varve.web.risk;

import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.ReopenRisk;
import io.varve.events.access.Permission;
import io.varve.events.risk.RiskId;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.risk.Risks;
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
@RequestMapping(RiskController.PATH)
final class RiskController implements Lists {

  static final String PATH = "/api/risks";

  @Override
  public Listing<?> listing() {
    return Risks.LISTING;
  }

  @Says("Lists risks with their scores")
  @Needs(Permission.RISK_READ)
  @GetMapping
  Page<RiskView> list(ListRequest request, Read read) {
    return read.list(Risks.LISTING, request, RiskView::of);
  }

  @Says("Shows a risk with every term of its score")
  @Needs(Permission.RISK_READ)
  @GetMapping("/{id}")
  ResponseEntity<RiskView> one(@PathVariable UUID id, Read read) {
    return read.one(Risks.LISTING, id, RiskView::of);
  }

  @Says("Identifies a risk")
  @Needs(Permission.RISK_WRITE)
  @PostMapping
  ResponseEntity<Written> identify(@Body RiskFields fields, Write write) {
    return write.create(PATH, fields.identify(new RiskId(Ids.next())));
  }

  @Says("Gives a risk these fields; a closed one is reopened first")
  @Needs(Permission.RISK_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body RiskFields fields, Write write) {
    return write.change(fields.revise(new RiskId(id)));
  }

  @Says("Closes a risk")
  @Needs(Permission.RISK_WRITE)
  @PostMapping("/{id}/close")
  ResponseEntity<Written> close(@PathVariable UUID id, Write write) {
    return write.change(new CloseRisk(new RiskId(id)));
  }

  @Says("Reopens a risk")
  @Needs(Permission.RISK_WRITE)
  @PostMapping("/{id}/reopen")
  ResponseEntity<Written> reopen(@PathVariable UUID id, Write write) {
    return write.change(new ReopenRisk(new RiskId(id)));
  }
}
