package io.varve.postgres.backup;

/** Watches something that takes a while. */
@FunctionalInterface
public interface Steps {

  /**
   * Told now and then.
   *
   * @param step what is being done
   * @param total how much there is to do; 0 where nobody knows
   */
  void at(String step, long done, long total);
}
