package io.varve.web.control;

import io.varve.command.control.ControlsImported;
import io.varve.command.control.ImportControls;
import io.varve.command.control.oscal.CatalogReader;
import io.varve.command.control.oscal.NotACatalogException;
import io.varve.events.access.Permission;
import io.varve.events.control.ControlId;
import io.varve.events.provenance.Via;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.control.Controls;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Body;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Upload;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import java.io.InputStream;
import java.util.List;
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
@RequestMapping(ControlController.PATH)
final class ControlController implements Lists {

  static final String PATH = "/api/controls";

  @Override
  public Listing<?> listing() {
    return Controls.LISTING;
  }

  @Says("Lists controls")
  @Needs(Permission.CONTROL_READ)
  @GetMapping
  Page<ControlView> list(ListRequest request, Read read) {
    return read.list(Controls.LISTING, request, ControlView::of);
  }

  @Says("Shows a control")
  @Needs(Permission.CONTROL_READ)
  @GetMapping("/{id}")
  ResponseEntity<ControlView> one(@PathVariable UUID id, Read read) {
    return read.one(Controls.LISTING, id, ControlView::of);
  }

  @Says("Adopts a control")
  @Needs(Permission.CONTROL_WRITE)
  @PostMapping
  ResponseEntity<Written> adopt(@Body ControlFields fields, Write write) {
    return write.create(PATH, fields.adopt(new ControlId(Ids.next())));
  }

  @Says("Gives a control these fields")
  @Needs(Permission.CONTROL_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(@PathVariable UUID id, @Body ControlFields fields, Write write) {
    return write.change(fields.revise(new ControlId(id)));
  }

  @Says("Imports the controls of an OSCAL catalog")
  @Needs(Permission.CONTROL_WRITE)
  @PostMapping("/import")
  ResponseEntity<ControlsImported> importCatalog(
      @RequestParam(required = false) @Nullable String framework, Upload body, Write write) {
    ImportControls command = body.read(catalog -> read(catalog, framework));
    return write.of(body).by(Via.IMPORT).changeMany(command, ControlsImported.class);
  }

  private static ImportControls read(InputStream catalog, @Nullable String framework) {
    try {
      return CatalogReader.read(catalog, framework);
    } catch (NotACatalogException other) {
      throw new FaultException(
          Fault.WRONG_SHAPE, "The body is no OSCAL catalog.", List.of(other.violation()));
    }
  }
}
