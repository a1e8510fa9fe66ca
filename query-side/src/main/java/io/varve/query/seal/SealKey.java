package io.varve.query.seal;

import java.time.Instant;

/**
 * A key that has sealed.
 *
 * @param key as C2SP's signed-note writes it
 * @param statement the signed note with which its predecessor and it introduced it
 */
public record SealKey(int version, String key, Instant since, String statement) {}
