package io.varve.evidence.bundle;

import io.varve.events.personal.Personal;

/** What a sealed text says: a line of {@link BundleFile#PERSONAL}. */
public record PersonalLine(Personal sealed, String text) {}
