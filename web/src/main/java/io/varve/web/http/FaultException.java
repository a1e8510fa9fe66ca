package io.varve.web.http;

import io.varve.events.rule.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request is refused as HTTP. */
public final class FaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final transient List<Violation> errors;
  private final @Nullable Duration retryAfter;

  public FaultException(Fault fault) {
    this(fault, fault.sentence(), List.of());
  }

  /**
   * @param detail a sentence for a person, without tenant data
   */
  public FaultException(Fault fault, String detail) {
    this(fault, detail, List.of());
  }

  public FaultException(Fault fault, String detail, List<Violation> errors) {
    this(fault, detail, errors, null);
  }

  /**
   * @param retryAfter how long it is in vain to try again
   */
  public FaultException(Fault fault, String detail, Duration retryAfter) {
    this(fault, detail, List.of(), retryAfter);
  }

  private FaultException(
      Fault fault, String detail, List<Violation> errors, @Nullable Duration retryAfter) {
    super(detail);
    this.fault = fault;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  public Fault fault() {
    return fault;
  }

  public List<Violation> errors() {
    return errors;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
