package io.varve.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.histories.History;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskIdentified;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.ledger.StoredJson;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes a bundle is found out, whether or not they can sign its manifest anew. */
class TamperingTest {

  private static final NoteSigner KEY = Sealed.signer();

  @TempDir private Path folder;

  private Sealed sealed = risks(3);
  private Zip whole = new Zip(new LinkedHashMap<>());
  private Zip part = whole;

  @BeforeEach
  void bundle() throws IOException {
    sealed = risks(3);
    sealed.bundle(folder.resolve("whole.zip"));
    sealed.bundle(folder.resolve("part.zip"), event -> event.number() != 4 && event.number() != 5);
    whole = Zip.read(folder.resolve("whole.zip"));
    part = Zip.read(folder.resolve("part.zip"));
  }

  @Test
  void whatIsPackedAgainUnchangedVerifies() throws IOException {
    assertThat(verify(whole).folds()).isTrue();
    assertThat(verify(whole.signed(KEY)).folds()).isTrue();
    assertThat(verify(part).leftOut()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aByteOfAnyFileThatIsChangedIsFoundAndTheFileNamed(BundleFile file) throws IOException {
    Zip zip = file == BundleFile.GAPS ? part : whole;
    if (!zip.files().containsKey(file.path())) {
      return;
    }
    byte[] bytes = zip.files().get(file.path());
    for (int at : new int[] {0, bytes.length / 3, bytes.length / 2, bytes.length - 2}) {
      Zip changed = zip.copy();
      byte[] other = bytes.clone();
      other[at] ^= 1;
      changed.files().put(file.path(), other);

      assertThatThrownBy(() -> verify(changed))
          .isInstanceOf(BadBundleException.class)
          .hasMessageMatching("(?s)(?=[^\n]*$).*(" + named(file) + ").*");
    }
  }

  /** The manifest and its note vouch for one another, and statements for all that is signed. */
  private static String named(BundleFile file) {
    return switch (file) {
      case MANIFEST, MANIFEST_NOTE -> "manifest|the bundle is";
      case EVENTS -> "events.ndjson|event \\d";
      case LOG_CHECKPOINT -> "log-checkpoint|log-proof|not in the log";
      case KEY_STATEMENTS -> "key-statements|statement";
      default -> file.path();
    };
  }

  @Test
  void aFileThatIsAddedTakenAwayOrMovedIsNamed() throws IOException {
    for (BundleFile file : BundleFile.values()) {
      if (file.isAlwaysThere()) {
        fails(whole.without(file), file.path() + " is missing");
      }
    }
    fails(whole.with(BundleFile.PERSONAL, ""), "personal.ndjson comes after gaps.ndjson");
    Zip evil = whole.copy();
    evil.files().put("../../etc/passwd", new byte[] {1});
    fails(evil, "no bundle has a file named \"../../etc/passwd\"");
    Zip odd = whole.copy();
    odd.files().put("a\nb", new byte[] {1});
    fails(odd, "no bundle has a file named \"a?b\"");
    List<String> names = List.copyOf(whole.files().keySet());
    List<String> twice = Stream.concat(Stream.of("events.ndjson"), names.stream()).toList();
    assertThatThrownBy(() -> verify(whole.write(folder.resolve("twice.zip"), twice)))
        .hasMessage("events.ndjson is there twice");
    assertThatThrownBy(() -> verify(whole.write(folder.resolve("back.zip"), names.reversed())))
        .hasMessage("manifest.json comes after manifest.note");
  }

  @Test
  void evenWhoSignsTheManifestCannotChangeRemoveInsertOrMoveAnEvent() throws IOException {
    String notThose =
        "the events are not those that the checkpoint was signed for: one was"
            + " changed, added, moved or taken away";
    forged(
        lines -> lines.replaceFirst("user\",\"id\":\"", "api-key\",\"id\":\""),
        "event 1 was done by another than its provenance tells");
    forged(lines -> lines.replaceFirst("\"title\":\"risk 0\"", "\"title\":\"risk 9\""), notThose);
    forged(lines -> lines.replaceFirst("00:00:00.000003Z", "00:00:00.000004Z"), notThose);
    forged(
        lines -> lines.replaceFirst("\"number\":2", "\"number\":9"),
        "event 9: what is before it is missing");
    forged(
        lines -> lines.replaceFirst("(?m)^.*\n", ""), "manifest.json tells another first number");
    forged(
        lines -> lines.replaceFirst("(.*\n)(.*\n)", "$2$1"),
        "manifest.json tells another first number");
    forged(
        lines -> lines.replaceFirst("(.*\n)(.*\n)(.*\n)", "$1$3$2"),
        "event 3: what is before it is missing");
    forged(lines -> lines.replaceFirst("(.*\n)", "$1$1"), "event 1 stands after number 1");
    forged(
        lines -> lines.substring(0, lines.stripTrailing().lastIndexOf('\n') + 1),
        "manifest.json tells of another number of events");
    forged(
        lines -> lines.replaceFirst("\\}\n$", ""), "the last line of events.ndjson does not end");
    forged(
        lines -> lines.replaceFirst("\"number\":1", "\"number\": 1"),
        "line 1 of events.ndjson: \"it is not written in the one way\"");
    forged(
        lines -> lines.replaceFirst("\"revision\":1", "\"revision\":1,\"more\":1"),
        "line 1 of events.ndjson: \"it has a member that no event has\"");
    forged(lines -> lines.replaceFirst("\\{", ""), "line 1 of events.ndjson");
    forged(
        lines -> lines.replaceFirst(Sealed.TENANT.toString(), new UUID(9, 9).toString()),
        "event 1 is of another tenant");
  }

  @Test
  void whatIsLeftOutCannotBeHiddenOrMadeUp() throws IOException {
    Manifest manifest = part.manifest();
    fails(part.with(BundleFile.GAPS, "").signed(KEY), "event 6: what is before it is missing");
    fails(
        part.with(BundleFile.GAPS, gaps -> gaps.replace("\"to\":5", "\"to\":4")).signed(KEY),
        "gaps.ndjson leaves out from 4 to 4, where it is to 5");
    fails(
        part.with(
                BundleFile.GAPS,
                gaps -> gaps.replaceFirst("\"hashes\":\\[\"[^\"]*\",", "\"hashes\":["))
            .signed(KEY),
        "line 1 of gaps.ndjson: \"it has too few hashes\"");
    fails(
        part.with(BundleFile.GAPS, gaps -> gaps.replaceFirst("\\]", ",\"" + hash() + "\"]"))
            .signed(KEY),
        "line 1 of gaps.ndjson: \"it has too many hashes\"");
    fails(
        part.with(
                BundleFile.GAPS,
                gaps ->
                    gaps.replaceFirst("\"hashes\":\\[\"[^\"]*\"", "\"hashes\":[\"" + hash() + "\""))
            .signed(KEY),
        "the events are not those that the checkpoint was signed for");
    fails(
        part.with(BundleFile.GAPS, gaps -> gaps + gaps).signed(KEY),
        "gaps.ndjson leaves out from 4 to 5, where it is to 6");
    fails(
        part.signed(KEY, complete(manifest)),
        "manifest.json says otherwise whether all events are there");
  }

  @Test
  void theRowsForSpreadsheetsSayWhatTheEventsSay() throws IOException {
    fails(
        whole.with(BundleFile.EVENTS_CSV, csv -> csv.replaceFirst("risk 1", "risk 7")).signed(KEY),
        "events.csv says something else than events.ndjson: event 2");
    fails(
        whole.with(BundleFile.EVENTS_CSV, csv -> csv.replaceFirst("number", "Number")).signed(KEY),
        "events.csv says something else than events.ndjson: its first line");
    fails(
        whole.with(BundleFile.EVENTS_CSV, csv -> csv + "more").signed(KEY),
        "events.csv says something else than events.ndjson: more than its events");
  }

  @Test
  void theStatesAreWhatTheEventsComeTo() throws IOException {
    String first = sealed.states.getFirst().id().toString();
    fails(
        whole.with(BundleFile.STATE, s -> s.replaceFirst("risk 0", "risk 8")).signed(KEY),
        "state.json: the state of %s is not what its events come to".formatted(first));
    fails(
        whole
            .with(BundleFile.STATE, s -> s.replaceFirst("\"sequence\":2", "\"sequence\":1"))
            .signed(KEY),
        "is not what its events come to");
    fails(
        whole.with(BundleFile.STATE, s -> s.replaceFirst("(?m)^\\{.*\n", "")).signed(KEY),
        "manifest.json tells of another number of states");
    fails(
        whole.with(BundleFile.STATE, s -> s.replaceFirst("(\\{.*\n)(\\{.*\n)", "$1$1")).signed(KEY),
        "state.json: the state of %s is not what its events come to".formatted(first));
    fails(
        whole.with(BundleFile.STATE, s -> s.replace("\n]", "")).signed(KEY),
        "state.json does not end");
  }

  /**
   * Whoever has the key of the seals can seal anything, but not a history that contradicts itself.
   */
  @Test
  void notEvenAForgedCheckpointMakesAHistoryThatDoesNotFollow() throws IOException {
    sealedAnew(
        event ->
            with(event, event.payload().text().replace("\"likelihood\":4", "\"likelihood\":5")),
        "event 4 has a diff that leads to another state than the event does");
    sealedAnew(
        event ->
            event.number() != 7
                ? event
                : new Envelope(
                    0,
                    event.tenant(),
                    7,
                    event.stream(),
                    event.id(),
                    5,
                    event.eventId(),
                    event.type(),
                    1,
                    event.at(),
                    event.actorKind(),
                    event.actorId(),
                    null,
                    null,
                    event.request(),
                    event.payload(),
                    event.provenance()),
        "event 7 has sequence 5, where 2 is due");
    sealedAnew(
        event ->
            event.number() != 7
                ? event
                : new Envelope(
                    0,
                    event.tenant(),
                    7,
                    event.stream(),
                    event.id(),
                    2,
                    event.eventId(),
                    "risk.unheard-of",
                    1,
                    event.at(),
                    event.actorKind(),
                    event.actorId(),
                    null,
                    null,
                    event.request(),
                    event.payload(),
                    event.provenance()),
        "event 7 is of a type that this verifier does not know");
  }

  @Test
  void anotherTenantsOrAnOlderCheckpointIsFound() throws IOException {
    var other = new Sealed(KEY, new UUID(8, 8), List.of(history(0)));
    Path file = folder.resolve("other.zip");
    sealed.bundle(file, event -> true, other.checkpoint());
    assertThatThrownBy(() -> verify(file)).hasMessage("checkpoint is of another tenant");
    Files.delete(file);

    var older =
        Note.sign(
            new Checkpoint(sealed.origin(), 3, Hash.of(new byte[32])).text(),
            KEY.named(sealed.origin()));
    sealed.bundle(file, event -> true, older);
    assertThatThrownBy(() -> verify(file))
        .hasMessage("manifest.json tells another size than checkpoint");
    Files.delete(file);

    var stranger = Note.sign(sealed.checkpoint().text(), Sealed.signer().named(sealed.origin()));
    sealed.bundle(file, event -> true, stranger);
    assertThatThrownBy(() -> verify(file)).hasMessage("checkpoint is not signed by the key");

    fails(
        whole.with(BundleFile.LOG_PROOF, p -> p.replace("\"index\":1", "\"index\":0")).signed(KEY),
        "checkpoint is not in the log at the place that log-proof.json tells");
    fails(
        whole.with(BundleFile.LOG_PROOF, p -> p.replace("\"size\":2", "\"size\":3")).signed(KEY),
        "log-proof.json is of a log of another size");
    fails(
        whole.with(BundleFile.CHECKPOINT, sealed.checkpoint() + "\u2014 x AAAA\n").signed(KEY),
        "checkpoint is not in the log");
  }

  private void forged(UnaryOperator<String> events, String message) throws IOException {
    fails(whole.with(BundleFile.EVENTS, events).signed(KEY), message);
  }

  private void sealedAnew(UnaryOperator<Envelope> change, String message) throws IOException {
    Sealed other = risks(3);
    other.events.replaceAll(change);
    Path file = folder.resolve("anew.zip");
    Files.deleteIfExists(file);
    other.bundle(file);
    assertThatThrownBy(() -> verify(file))
        .isInstanceOf(BadBundleException.class)
        .hasMessage(message);
  }

  private static Envelope with(Envelope event, String payload) {
    return new Envelope(
        0,
        event.tenant(),
        event.number(),
        event.stream(),
        event.id(),
        event.sequence(),
        event.eventId(),
        event.type(),
        event.revision(),
        event.at(),
        event.actorKind(),
        event.actorId(),
        null,
        null,
        event.request(),
        StoredJson.of(payload),
        event.provenance());
  }

  private void fails(Zip zip, String message) throws IOException {
    assertThatThrownBy(() -> verify(zip))
        .isInstanceOf(BadBundleException.class)
        .hasMessageContaining(message);
  }

  private Verified verify(Zip zip) throws IOException {
    return verify(zip.write(folder.resolve("changed.zip")));
  }

  private static Verified verify(Path bundle) throws IOException {
    return new BundleVerifier(KEY.key(), null).verify(bundle, Progress.NONE);
  }

  private static String hash() {
    return Hash.of(new byte[32]).base64();
  }

  private static Manifest complete(Manifest was) {
    return new Manifest(
        was.format(),
        was.export(),
        was.tenant(),
        was.origin(),
        was.scope(),
        was.purpose(),
        was.askedBy(),
        was.asked(),
        was.made(),
        was.size(),
        true,
        was.first(),
        was.last(),
        was.events(),
        was.streams(),
        was.personal(),
        was.files());
  }

  private static Sealed risks(int count) {
    return new Sealed(
        KEY, Sealed.TENANT, LongStream.range(0, count).mapToObj(TamperingTest::history).toList());
  }

  private static History history(long number) {
    return new History(
        Risk.STREAM,
        List.of(
            new RiskIdentified(
                new RiskId(new UUID(5, number)),
                "risk " + number,
                "",
                "fire",
                null,
                1,
                1,
                Treatment.ACCEPT),
            new RiskReassessed(4, 4),
            new RiskClosed()));
  }
}
