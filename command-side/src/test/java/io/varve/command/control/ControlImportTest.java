package io.varve.command.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.varve.command.CommandSide;
import io.varve.command.LedgerRefusal;
import io.varve.command.Receipt;
import io.varve.command.Terms;
import io.varve.command.Terms.Idempotency;
import io.varve.command.control.oscal.CatalogReader;
import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.ForbiddenException;
import io.varve.events.access.Permission;
import io.varve.events.control.Control;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.rule.InvalidException;
import io.varve.postgres.Database;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import io.varve.postgres.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlImportTest {

  private static final String LOW =
      "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json";
  private static final String MODERATE =
      "NIST_SP-800-53_rev5_MODERATE-baseline-resolved-profile_catalog-min.json";
  private static final String BASIC = "basic-catalog-min.json";

  @AutoClose static final TestDatabase postgres = TestDatabase.migrated();
  @AutoClose static final Database database = new Database(postgres.login(), 8);
  @AutoClose static final CommandSide side = new CommandSide(database, Clock.systemUTC());

  private final Caller caller = caller(EnumSet.of(Permission.CONTROL_WRITE));

  private static Caller caller(Set<Permission> permissions) {
    return Caller.of(UUID.randomUUID(), Actor.user(UUID.randomUUID()), permissions, Via.IMPORT);
  }

  /** Reads a catalog of {@code shared/data/oscal}, which lies beside the repository, if it does. */
  private static ImportControls catalog(String file) throws IOException {
    Path folder = Path.of("shared", "data", "oscal");
    Path found =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(above -> above.resolve(folder).resolve(file))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeTrue(found != null, "needs " + folder.resolve(file) + " beside the repository");
    try (InputStream catalog = Files.newInputStream(Objects.requireNonNull(found))) {
      return CatalogReader.read(catalog, null);
    }
  }

  private static ImportControls controls(ImportedControl... controls) {
    return new ImportControls("acme", List.of(controls));
  }

  private static ImportedControl control(String id, String title) {
    return new ImportedControl("/catalog/controls/" + id, id, title, "Do " + id + ".", false);
  }

  private Receipt<ControlsImported> send(ImportControls command) {
    return send(command, Terms.NONE);
  }

  private Receipt<ControlsImported> send(ImportControls command, Terms terms) {
    return side.commands().send(caller, command, terms, ControlsImported.class);
  }

  private static ControlsImported counts(int created, int changed, int unchanged) {
    return new ControlsImported(created, changed, unchanged, 0, 0, List.of());
  }

  private List<StoredEvent> events() {
    return new LedgerReader(database)
        .following(0, 10_000).stream()
            .filter(event -> event.tenant().equals(caller.tenant()))
            .toList();
  }

  /** The tenant's controls by slug; on the way, every diff is held to what its event does. */
  private Map<String, Control> fold() {
    var states = new TreeMap<UUID, Control>();
    for (StoredEvent stored : events()) {
      Control before = states.get(stored.id());
      Control after = Control.STREAM.evolve(before, stored.event());
      JsonNode applied = stored.provenance().diff().applyTo(Json.tree(before));
      assertThat(applied).isEqualTo(Json.tree(after));
      states.put(stored.id(), after);
    }
    var bySlug = new TreeMap<String, Control>();
    for (Control control : states.values()) {
      assertThat(bySlug.put(control.slug(), control)).isNull();
    }
    return bySlug;
  }

  @Test
  void moderateCreates287AgainNoneAndLowChangesNothingThatItShares() throws IOException {
    assertThat(send(catalog(MODERATE)).answer()).isEqualTo(counts(287, 0, 0));
    assertThat(events()).hasSize(287).allMatch(e -> e.provenance().via() == Via.IMPORT);
    Control control = Objects.requireNonNull(fold().get("ac_2_3"));
    assertThat(control)
        .isEqualTo(
            new Control(
                control.id(),
                "ac_2_3",
                "Disable Accounts",
                """
                Disable accounts within [Assignment: time period] when the accounts:
                  (a) Have expired;
                  (b) Are no longer associated with a user or individual;
                  (c) Are in violation of organizational policy; or
                  (d) Have been inactive for [Assignment: time period].""",
                "nist-800-53r5:ac-2.3",
                null,
                Control.Status.PLANNED,
                BigDecimal.ZERO,
                Collections.emptySortedSet()));
    assertThat(fold().values())
        .allSatisfy(each -> assertThat(each.statement()).isNotBlank().doesNotContain("{{"));

    Receipt<ControlsImported> again = send(catalog(MODERATE));
    assertThat(again.answer()).isEqualTo(counts(0, 0, 287));
    assertThat(again.number()).isZero();
    assertThat(send(catalog(LOW)).answer()).isEqualTo(counts(0, 0, 149));
    assertThat(events()).hasSize(287);
  }

  @Test
  void theBasicCatalogCreatesFour() throws IOException {
    assertThat(send(catalog(BASIC)).answer()).isEqualTo(counts(4, 0, 0));
    assertThat(fold()).containsOnlyKeys("s1_1_1", "s1_1_2", "s2_1_1", "s2_1_2");
  }

  @Test
  void aChangedTitleIsOneEventWithItsDiff() {
    send(controls(control("a-1", "One"), control("a-2", "Two"), control("a-3", "Three")));
    Receipt<ControlsImported> receipt =
        send(controls(control("a-1", "One"), control("a-2", "Second"), control("a-4", "Four")));
    assertThat(receipt.answer()).isEqualTo(counts(1, 1, 1));
    assertThat(receipt.number()).isEqualTo(5);
    List<StoredEvent> events = events();
    assertThat(events).hasSize(5);
    assertThat(events.subList(3, 5))
        .extracting(StoredEvent::type)
        .containsExactlyInAnyOrder("control.described", "control.defined");
    assertThat(events.stream().filter(e -> e.type().equals("control.described")))
        .singleElement()
        .satisfies(
            e ->
                assertThat(Json.write(e.provenance().diff()))
                    .isEqualTo("[{\"path\":\"/title\",\"from\":\"Two\",\"to\":\"Second\"}]"));
    assertThat(fold()).containsOnlyKeys("a_1", "a_2", "a_3", "a_4");
  }

  @Test
  void whatPeopleHaveSetStays() {
    send(controls(control("a-1", "One")));
    Control first = Objects.requireNonNull(fold().get("a_1"));
    side.commands()
        .send(
            caller,
            new ReviseControl(
                first.id(),
                "a_1",
                "Our title",
                "Our words",
                null,
                null,
                Control.Status.OPERATING,
                new BigDecimal("0.7"),
                new TreeSet<>(Set.of("T1078"))),
            Terms.NONE);
    assertThat(send(controls(control("a-1", "One"))).answer()).isEqualTo(counts(0, 1, 0));
    assertThat(fold().get("a_1"))
        .isEqualTo(
            new Control(
                first.id(),
                "a_1",
                "One",
                "Do a-1.",
                "acme:a-1",
                null,
                Control.Status.OPERATING,
                new BigDecimal("0.7"),
                new TreeSet<>(Set.of("T1078"))));
  }

  @Test
  void aControlOfAnotherFrameworkKeepsItsWordsAndANewerRevisionTakesOver() {
    send(new ImportControls("cis-8", List.of(control("1.1", "Inventory"))));
    ControlsImported refused =
        send(new ImportControls("iso-27001", List.of(control("1.1", "Scope")))).answer();
    assertThat(refused.refusals())
        .containsExactly(
            new ImportRefusal(
                "1.1",
                "/catalog/controls/1.1/id",
                "other-framework",
                "goes by the slug of a control that meets cis-8:1.1"));
    assertThat(events()).hasSize(1);
    send(new ImportControls("nist-800-53r5", List.of(control("ac-1", "Policy"))));
    assertThat(
            send(new ImportControls("nist-800-53r6", List.of(control("ac-1", "Policy")))).answer())
        .isEqualTo(counts(0, 1, 0));
    assertThat(fold().get("ac_1")).extracting(Control::framework).isEqualTo("nist-800-53r6:ac-1");
  }

  @Test
  void aRefusedControlDoesNotStopTheOthers() {
    ControlsImported answer =
        send(controls(
                control("a-1", "One"),
                control("a-1", "One again"),
                control("a.1", "One more"),
                control("b-1", "x".repeat(301)),
                new ImportedControl("/c", null, null, "x".repeat(20_001), false),
                control("§", "Odd"),
                control("d-1", "Reset\u0000"),
                new ImportedControl("/e", "e-1", "Gone", "", true),
                control("f-1", "Last")))
            .answer();
    assertThat(answer)
        .extracting(
            ControlsImported::created, ControlsImported::refused, ControlsImported::withdrawn)
        .containsExactly(2, 6, 1);
    assertThat(answer.refusals().stream().map(r -> r.id() + " " + r.pointer() + " " + r.code()))
        .containsExactly(
            "a-1 /catalog/controls/a-1/id duplicate",
            "a.1 /catalog/controls/a.1/id duplicate",
            "b-1 /catalog/controls/b-1/title too-long",
            " /c/id required",
            " /c/title required",
            " /c/parts too-long",
            "§ /catalog/controls/§/id malformed",
            "d-1 /catalog/controls/d-1/title control-character");
    assertThat(fold()).containsOnlyKeys("a_1", "f_1");
  }

  @Test
  void nothingIsWrittenWithoutThePermissionOrUnderAFrameworkWithoutAName() {
    Caller reader = caller(EnumSet.of(Permission.CONTROL_READ));
    ImportControls one = controls(control("a-1", "One"));
    assertThatThrownBy(() -> side.commands().send(reader, one, Terms.NONE, ControlsImported.class))
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() -> send(new ImportControls("No Name", one.controls())))
        .isInstanceOf(InvalidException.class);
    assertThat(events()).isEmpty();
    assertThat(send(controls()).answer()).isEqualTo(counts(0, 0, 0));
  }

  @Test
  void theSameKeyGivesTheSameAnswerAlsoWhereNothingChanged() {
    ImportControls command = controls(control("a-1", "One"), control("", "Nameless"));
    var first = new Terms(null, new Idempotency("k1", "00"));
    Receipt<ControlsImported> created = send(command, first);
    assertThat(created.answer().created()).isEqualTo(1);
    Receipt<ControlsImported> replayed = send(command, first);
    assertThat(replayed).isEqualTo(new Receipt<>(created.answer(), created.number(), true));
    var second = new Terms(null, new Idempotency("k2", "00"));
    assertThat(send(command, second).answer().unchanged()).isEqualTo(1);
    assertThat(send(command, second).replayed()).isTrue();
    assertThatThrownBy(() -> send(command, new Terms(null, new Idempotency("k1", "01"))))
        .isInstanceOf(LedgerRefusal.KeyReused.class);
    assertThat(events()).hasSize(1);
  }

  @Test
  void controlsAreReadFromTheLedgerWhateverIsRememberedOfThem() {
    send(controls(control("a-1", "One"), control("a-2", "Two")));
    try (var other = new CommandSide(database, Clock.systemUTC())) {
      other
          .commands()
          .send(
              caller,
              controls(control("a-1", "Uno"), control("a-2", "Due")),
              Terms.NONE,
              ControlsImported.class);
    }
    assertThat(send(controls(control("a-1", "Uno"), control("a-2", "Two"))).answer())
        .isEqualTo(counts(0, 1, 1));
  }

  @Test
  void aControlWithALongHistoryIsImportedToo() {
    send(controls(control("a-1", "One")));
    for (int i = 0; i < 60; i++) {
      send(controls(control("a-1", "One " + i)));
    }
    assertThat(send(controls(control("a-1", "One 59"))).answer()).isEqualTo(counts(0, 0, 1));
    assertThat(send(controls(control("a-1", "One"))).answer()).isEqualTo(counts(0, 1, 0));
    assertThat(events()).hasSize(62);
  }

  @Test
  void importsAtOnceLeaveEachControlOnceAndAsTheLastSaidIt() throws Exception {
    var variants = new ArrayList<ImportControls>();
    for (int v = 0; v < 4; v++) {
      var controls = new ArrayList<ImportedControl>();
      for (int i = 0; i < 100; i++) {
        controls.add(control("a-" + i, i % 2 == 0 ? "The same" : "Of variant " + v));
      }
      Collections.rotate(controls, 25 * v);
      variants.add(new ImportControls("acme", controls));
    }
    try (var other = new CommandSide(database, Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Receipt<ControlsImported>>>();
      for (ImportControls variant : variants) {
        CommandSide node = answers.size() % 2 == 0 ? side : other;
        answers.add(
            threads.submit(
                () -> node.commands().send(caller, variant, Terms.NONE, ControlsImported.class)));
      }
      int created = 0;
      for (Future<Receipt<ControlsImported>> answer : answers) {
        ControlsImported imported = answer.get().answer();
        assertThat(imported.created() + imported.changed() + imported.unchanged()).isEqualTo(100);
        created += imported.created();
      }
      assertThat(created).isEqualTo(100);
    }
    Map<String, Control> controls = fold();
    assertThat(controls).hasSize(100);
    assertThat(controls.values().stream().map(Control::title).distinct()).hasSize(2);
    assertThat(events()).hasSize(100 + 3 * 50);
  }

  @Test
  void anotherTenantsControlsAreNotSeen() {
    send(controls(control("a-1", "One")));
    ControlsImported elsewhere =
        side.commands()
            .send(
                caller(caller.permissions()),
                controls(control("a-1", "Theirs")),
                Terms.NONE,
                ControlsImported.class)
            .answer();
    assertThat(elsewhere).isEqualTo(counts(1, 0, 0));
    assertThat(fold().get("a_1")).extracting(Control::title).isEqualTo("One");
  }

  @Test
  void controlIdsFollowTheOrderOfTheCatalog() {
    send(controls(control("b-1", "B"), control("a-1", "A"), control("c-1", "C")));
    assertThat(fold().values().stream().sorted(Comparator.comparing(Control::id)))
        .extracting(Control::slug)
        .containsExactly("b_1", "a_1", "c_1");
  }
}
