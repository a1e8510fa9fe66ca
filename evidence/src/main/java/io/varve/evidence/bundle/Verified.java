package io.varve.evidence.bundle;

import io.varve.evidence.note.NoteKey;

/**
 * What a bundle was found to prove.
 *
 * @param key whose signatures those are
 * @param logSize of the installation's log, in which the checkpoint is
 * @param leftOut how many events of the first so many are not in it
 * @param folds whether every diff and every state was checked against the events
 */
public record Verified(Manifest manifest, NoteKey key, long logSize, long leftOut, boolean folds) {}
