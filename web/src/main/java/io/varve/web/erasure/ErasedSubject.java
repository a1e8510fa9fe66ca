package io.varve.web.erasure;

import java.util.UUID;

/**
 * Somewhere outside the ledger where there is something about people. Every bean of this type is
 * told of an erasure once the person's key is destroyed: what it keeps of the person goes then.
 */
public interface ErasedSubject {

  /** What it keeps: a plural, the same for ever, for example {@code sessions}. */
  String what();

  /** How much of that there is about a person. */
  long count(UUID tenant, UUID subject);

  /**
   * Deletes it, for good before this returns. It may come again, where it was interrupted or
   * another node does the same.
   *
   * @return how much there was
   */
  long forget(UUID tenant, UUID subject);
}
