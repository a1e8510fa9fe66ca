package io.varve.command.kri;

/**
 * What came of a push.
 *
 * @param observations how many values were told
 */
public record ObservationsPushed(int observations) {}
