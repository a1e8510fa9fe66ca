package io.varve.command.control;

import io.varve.events.rule.Violation;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of the controls of one import. */
final class Tally {

  private int created;
  private int changed;
  private int unchanged;
  private int refused;
  private int withdrawn;
  private final List<ImportRefusal> refusals = new ArrayList<>();

  void created() {
    created++;
  }

  void withdrawn() {
    withdrawn++;
  }

  void followed(boolean withChange) {
    if (withChange) {
      changed++;
    } else {
      unchanged++;
    }
  }

  void refused(ImportedControl control, List<Violation> reasons) {
    refused++;
    for (Violation reason : reasons) {
      refusals.add(
          new ImportRefusal(control.shownId(), reason.pointer(), reason.code(), reason.message()));
    }
  }

  ControlsImported result() {
    return new ControlsImported(
        created, changed, unchanged, refused, withdrawn, List.copyOf(refusals));
  }
}
