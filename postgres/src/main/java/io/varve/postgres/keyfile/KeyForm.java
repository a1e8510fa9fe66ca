package io.varve.postgres.keyfile;

/** How keys of one sort stand in their files. */
public interface KeyForm<K> {

  /** A new key, as it stands in its file. Whoever asked for it wipes it. */
  byte[] make();

  /**
   * @param content wiped when this returns
   * @throws IllegalArgumentException saying what a file of this sort must be: "must hold …"
   */
  K read(byte[] content);

  /** Wipes a key whose file is gone, as far as its sort can be wiped. */
  default void wipe(K key) {}
}
