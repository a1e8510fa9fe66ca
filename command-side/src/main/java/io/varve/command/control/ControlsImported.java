package io.varve.command.control;

import java.util.List;

/**
 * What became of the controls of a catalog; each is counted once.
 *
 * @param unchanged how many were as the catalog has them already
 * @param withdrawn how many the catalog only says are no longer there; nothing is done about them
 * @param refusals why controls were refused, every reason
 */
public record ControlsImported(
    int created,
    int changed,
    int unchanged,
    int refused,
    int withdrawn,
    List<ImportRefusal> refusals) {}
