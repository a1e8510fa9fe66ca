package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.catalog.EventTypes;
import io.varve.events.catalog.EventTypes.StoredType;
import io.varve.events.diff.Diff;
import io.varve.events.histories.History;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.events.provenance.Via;
import io.varve.evidence.bundle.BundleWriter.Finished;
import io.varve.evidence.bundle.Manifest.PersonalTexts;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.key.KeyStatement;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.ledger.StoredJson;
import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.merkle.Nodes;
import io.varve.evidence.merkle.Proofs;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The events of one tenant, sealed and bundled as an installation does it. */
final class Sealed {

  static final UUID PLATFORM = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");
  static final UUID TENANT = UUID.fromString("0199aaaa-0000-7000-8000-000000000002");
  static final Instant AT = Instant.parse("2026-01-01T00:00:00.000001Z");

  private static final Actor ACTOR = Actor.user(new UUID(7, 7));
  private static final int LONGEST = 20;

  final NoteSigner key;
  final UUID tenant;
  final List<Envelope> events = new ArrayList<>();
  final List<StateLine> states = new ArrayList<>();

  Sealed(NoteSigner key, UUID tenant, List<History> histories) {
    this.key = key;
    this.tenant = tenant;
    Map<UUID, History> byId = new LinkedHashMap<>();
    histories.forEach(h -> byId.putIfAbsent(h.states().getFirst().id().value(), h));
    for (int sequence = 0; sequence < LONGEST; sequence++) {
      for (Map.Entry<UUID, History> entry : byId.entrySet()) {
        if (sequence < entry.getValue().events().size()) {
          record(entry.getKey(), entry.getValue(), sequence);
        }
      }
    }
    byId.forEach(
        (id, history) ->
            states.add(
                new StateLine(
                    history.stream().name(),
                    id,
                    history.events().size() - 1,
                    tree(history.states().getLast()))));
  }

  static NoteSigner signer() {
    try {
      return new NoteSigner(
          "varve/" + PLATFORM, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void record(UUID id, History history, int sequence) {
    List<State> after = history.states();
    StoredType type = EventTypes.catalog().storedTypeOf(history.events().get(sequence));
    Diff diff =
        Diff.between(
            sequence == 0 ? null : tree(after.get(sequence - 1)), tree(after.get(sequence)));
    var provenance =
        new Provenance(
            ACTOR, null, Via.API, sequence % 2 == 0 ? "=1+1" : null, "r-1", null, null, diff);
    events.add(
        new Envelope(
            0,
            tenant,
            events.size() + 1,
            history.stream().name(),
            id,
            sequence,
            new UUID(1, events.size()),
            type.name(),
            type.revision(),
            AT.plusNanos(1_000L * events.size()),
            ACTOR.kind().text(),
            ACTOR.id(),
            null,
            null,
            "r-1",
            StoredJson.of(Json.write(history.events().get(sequence))),
            StoredJson.of(Json.write(provenance))));
  }

  String origin() {
    return key.key().name() + "/" + tenant;
  }

  /** All of the events. */
  Finished bundle(Path file) throws IOException {
    return bundle(file, event -> true);
  }

  /** Those of the events, with the states of all streams. */
  Finished bundle(Path file, Predicate<Envelope> wanted) throws IOException {
    return bundle(file, wanted, checkpoint());
  }

  Finished bundle(Path file, Predicate<Envelope> wanted, Note checkpoint) throws IOException {
    List<Envelope> chosen = events.stream().filter(wanted).toList();
    List<Hash> logLeaves = List.of(Merkle.leaf(new byte[] {1}), Merkle.leaf(checkpoint.bytes()));
    Nodes log = nodes(logLeaves);
    try (var writer = new BundleWriter(file)) {
      for (int from = 0; from < chosen.size(); from += 7) {
        writer.events(chosen.subList(from, Math.min(chosen.size(), from + 7)));
      }
      writer.write(
          BundleFile.STATE,
          out -> {
            var lines = new StateWriter(out);
            for (StateLine state : states) {
              lines.write(
                  state.stream(), state.id(), state.sequence(), bytes(Json.write(state.state())));
            }
            lines.end();
          });
      writer.write(
          BundleFile.GAPS,
          out -> {
            var gaps = new Gaps(nodes(events.stream().map(Envelope::leafHash).toList()), out);
            for (Envelope event : chosen) {
              gaps.has(event.number());
            }
            gaps.end(events.size());
          });
      writer.write(BundleFile.CHECKPOINT, checkpoint.toString());
      writer.write(
          BundleFile.LOG_PROOF, Json.write(LogProof.of(1, 2, Proofs.inclusion(log, 1, 2))));
      writer.write(
          BundleFile.LOG_CHECKPOINT,
          Note.sign(
                  new Checkpoint(key.key().name(), 2, Proofs.root(log, 2), List.of("number 1"))
                      .text(),
                  key)
              .toString());
      writer.write(
          BundleFile.KEY_STATEMENTS,
          Note.sign(new KeyStatement(1, key.key(), null, 0, 1, AT).text(), key).toString());
      return writer.finish(
          files ->
              new Manifest(
                  Manifest.FORMAT,
                  new UUID(3, 3),
                  tenant,
                  origin(),
                  Json.read("{\"kind\":\"tenant\"}", JsonNode.class),
                  "for the court",
                  ACTOR,
                  AT,
                  AT,
                  events.size(),
                  chosen.size() == events.size(),
                  chosen.isEmpty() ? null : chosen.getFirst().number(),
                  chosen.isEmpty() ? null : chosen.getLast().number(),
                  chosen.size(),
                  states.size(),
                  new PersonalTexts(writer.sealed(), null, null, List.of()),
                  files),
          key.named(origin()));
    }
  }

  Note checkpoint() {
    var range = new CompactRange();
    events.forEach(event -> range.append(event.leafHash()));
    return Note.sign(
        new Checkpoint(origin(), range.size(), range.root()).text(), key.named(origin()));
  }

  static Nodes nodes(List<Hash> leaves) {
    return (level, index) -> {
      int from = Math.toIntExact(index << level);
      var range = new CompactRange();
      leaves.subList(from, from + (1 << level)).forEach(range::append);
      return range.root();
    };
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static JsonNode tree(State state) {
    return requireNonNull(Json.tree(state));
  }
}
