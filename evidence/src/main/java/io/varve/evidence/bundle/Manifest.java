package io.varve.evidence.bundle;

import io.varve.events.provenance.Actor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a bundle is. Its hash is signed, and with it each of its files.
 *
 * @param format of the whole bundle; {@value #FORMAT}
 * @param origin of the tenant's checkpoint
 * @param scope what was asked for
 * @param purpose why, in the words of who asked
 * @param size of the checkpoint: the events were chosen among the first so many
 * @param complete whether nothing was left out, but for what came after the checkpoint
 * @param first the number of the first event; absent if there is none
 * @param last the number of the last event; absent if there is none
 * @param streams how many states there are
 */
public record Manifest(
    int format,
    UUID export,
    UUID tenant,
    String origin,
    JsonNode scope,
    String purpose,
    Actor askedBy,
    Instant asked,
    Instant made,
    long size,
    boolean complete,
    @Nullable Long first,
    @Nullable Long last,
    long events,
    long streams,
    PersonalTexts personal,
    List<ListedFile> files) {

  public static final int FORMAT = 1;

  public Manifest {
    files = List.copyOf(files);
  }

  /**
   * What became of personal texts.
   *
   * @param sealed how many sealed texts stand in the events, each as often as it does
   * @param opened how many lines tell what a sealed text says; absent if that was not asked for
   * @param erased how many were to be opened and could not, for their key is destroyed; absent
   *     likewise
   * @param withheld those who were erased since, and whose texts were taken out again
   */
  public record PersonalTexts(
      long sealed, @Nullable Long opened, @Nullable Long erased, List<UUID> withheld) {

    public PersonalTexts {
      withheld = List.copyOf(withheld);
    }
  }

  /**
   * One file.
   *
   * @param sha256 in lower-case hexadecimal
   */
  public record ListedFile(String name, long size, String sha256) {}

  /** What is signed of a manifest: the tenant's origin, the export, and the hash. */
  static String noteText(String origin, UUID export, String sha256) {
    return "%s\nbundle %s\n%s\n".formatted(origin, export, sha256);
  }
}
