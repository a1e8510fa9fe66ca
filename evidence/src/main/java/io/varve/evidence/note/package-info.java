/** Signed notes (C2SP signed-note), with Ed25519 keys. */
@NullMarked
package io.varve.evidence.note;

import org.jspecify.annotations.NullMarked;
