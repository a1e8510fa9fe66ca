package io.varve.web.http;

import io.varve.events.rule.Violation;
import java.util.List;

/** A request is refused as HTTP. */
public final class FaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final transient List<Violation> errors;

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
    super(detail);
    this.fault = fault;
    this.errors = errors;
  }

  public Fault fault() {
    return fault;
  }

  public List<Violation> errors() {
    return errors;
  }
}
