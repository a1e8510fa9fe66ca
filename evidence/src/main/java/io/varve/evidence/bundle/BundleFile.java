package io.varve.evidence.bundle;

import java.util.Arrays;
import java.util.Optional;

/** The files of a bundle, in the order in which they stand in it. There are no others. */
public enum BundleFile {
  /** The events, one a line, in the order of their numbers. */
  EVENTS("events.ndjson", Presence.ALWAYS),
  /** The same for spreadsheets. */
  EVENTS_CSV("events.csv", Presence.ALWAYS),
  /** What the streams that these events are of have come to. */
  STATE("state.json", Presence.ALWAYS),
  /** What sealed personal texts say, where that was asked for. */
  PERSONAL("personal.ndjson", Presence.SOMETIMES),
  /** The hashes of what is left out. */
  GAPS("gaps.ndjson", Presence.ALWAYS),
  /** The tenant's signed checkpoint. */
  CHECKPOINT("checkpoint", Presence.ALWAYS),
  /** That the checkpoint is in the installation's log. */
  LOG_PROOF("log-proof.json", Presence.ALWAYS),
  /** The log's own signed checkpoint. */
  LOG_CHECKPOINT("log-checkpoint", Presence.ALWAYS),
  /** How the keys that signed followed one another. */
  KEY_STATEMENTS("key-statements", Presence.ALWAYS),
  EVENT_SCHEMA("schemas/event.schema.json", Presence.ALWAYS),
  STATE_SCHEMA("schemas/state.schema.json", Presence.ALWAYS),
  PERSONAL_SCHEMA("schemas/personal.schema.json", Presence.ALWAYS),
  GAP_SCHEMA("schemas/gap.schema.json", Presence.ALWAYS),
  LOG_PROOF_SCHEMA("schemas/log-proof.schema.json", Presence.ALWAYS),
  MANIFEST_SCHEMA("schemas/manifest.schema.json", Presence.ALWAYS),
  /** How to verify the bundle by hand. */
  README("README.txt", Presence.ALWAYS),
  /** What the bundle is, and the size and the SHA-256 of each file before it. */
  MANIFEST("manifest.json", Presence.ALWAYS),
  /** The signed hash of the manifest. */
  MANIFEST_NOTE("manifest.note", Presence.ALWAYS);

  private enum Presence {
    ALWAYS,
    SOMETIMES
  }

  private final String path;
  private final Presence presence;

  BundleFile(String path, Presence presence) {
    this.path = path;
    this.presence = presence;
  }

  /** The name of its entry in the archive. */
  public String path() {
    return path;
  }

  /** Whether every bundle has it. */
  public boolean isAlwaysThere() {
    return presence == Presence.ALWAYS;
  }

  /** Whether the manifest lists it: all but what comes after them. */
  public boolean isListed() {
    return compareTo(MANIFEST) < 0;
  }

  static Optional<BundleFile> at(String path) {
    return Arrays.stream(values()).filter(file -> file.path.equals(path)).findFirst();
  }
}
