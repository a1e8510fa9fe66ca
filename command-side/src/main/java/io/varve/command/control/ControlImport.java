package io.varve.command.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.varve.command.Holders;
import io.varve.command.ledger.ReadAhead;
import io.varve.command.stream.StreamKey;
import io.varve.events.access.Caller;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.rule.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/** Decides imports of catalogs: many controls in one unit of work. */
public final class ControlImport {

  /** How many controls are read in one round trip. */
  private static final int BATCH = 250;

  /** In order even within a millisecond, so that controls follow each other as in the catalog. */
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private final Repository<ControlAggregate> controls;
  private final ReadAhead readAhead;
  private final Holders holders;

  public ControlImport(
      Repository<ControlAggregate> controls, ReadAhead readAhead, Holders holders) {
    this.controls = controls;
    this.readAhead = readAhead;
    this.holders = holders;
  }

  @CommandHandler
  ControlsImported handle(ImportControls command) throws Exception {
    var tally = new Tally();
    Map<String, ImportedControl> wanted = sift(command, tally);
    var existing = new TreeMap<UUID, ImportedControl>();
    Map<String, UUID> holders = this.holders.find(Control.SLUG, wanted.keySet());
    for (Map.Entry<String, ImportedControl> each : wanted.entrySet()) {
      UUID holder = holders.get(each.getKey());
      if (holder == null) {
        create(each.getValue(), command.framework());
        tally.created();
      } else {
        existing.put(holder, each.getValue());
      }
    }
    follow(existing, command.framework(), tally);
    return tally.result();
  }

  /** Those that can be imported, by slug, in the order of the catalog. */
  private static Map<String, ImportedControl> sift(ImportControls command, Tally tally) {
    var wanted = new LinkedHashMap<String, ImportedControl>();
    for (ImportedControl control : command.controls()) {
      if (control.withdrawn()) {
        tally.withdrawn();
        continue;
      }
      var rules = new Rules();
      control.check(rules);
      ImportedControl first = wanted.get(control.slug());
      rules.hold(
          first == null,
          control.pointer() + "/id",
          "duplicate",
          "names the same control as " + (first == null ? "" : first.pointer()));
      if (rules.violations().isEmpty()) {
        wanted.put(control.slug(), control);
      } else {
        tally.refused(control, rules.violations());
      }
    }
    return wanted;
  }

  private void create(ImportedControl control, String framework) throws Exception {
    var id = new ControlId(IDS.generate());
    controls.newInstance(
        () -> {
          var aggregate = new ControlAggregate();
          aggregate.adopt(id, control, framework);
          return aggregate;
        });
  }

  /** In the order of their ids, so that two imports never wait for each other's controls. */
  private void follow(SortedMap<UUID, ImportedControl> existing, String framework, Tally tally) {
    var ids = List.copyOf(existing.keySet());
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<UUID> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
      readAhead.read(batch);
      for (UUID id : batch) {
        follow(id, requireNonNull(existing.get(id)), framework, tally);
      }
    }
  }

  private void follow(UUID id, ImportedControl imported, String framework, Tally tally) {
    String key = new StreamKey(Caller.current().tenant(), id).toString();
    Aggregate<ControlAggregate> control = controls.load(key);
    var rules = new Rules();
    control.execute(aggregate -> aggregate.checkFollows(imported, framework, rules));
    if (rules.violations().isEmpty()) {
      tally.followed(control.invoke(aggregate -> aggregate.follow(imported, framework)));
    } else {
      tally.refused(imported, rules.violations());
    }
  }
}
