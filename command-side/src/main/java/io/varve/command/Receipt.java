package io.varve.command;

/**
 * What a command that was accepted answers.
 *
 * @param answer what its handler returned
 * @param number the number of the tenant's last event once the command was committed, or 0 if it
 *     changed nothing; a query that carries it waits until the read model has got there
 * @param replayed whether this is the answer of an earlier request with the same idempotency key
 */
public record Receipt<T>(T answer, long number, boolean replayed) {}
