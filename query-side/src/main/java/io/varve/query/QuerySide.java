package io.varve.query;

import io.varve.postgres.Database;
import io.varve.query.audit.AuditTrail;
import io.varve.query.audit.TrailNames;
import io.varve.query.identity.Directory;
import io.varve.query.identity.ImpersonatedEvents;
import io.varve.query.kri.KriSeries;
import io.varve.query.seal.Seals;
import java.time.Clock;

/** The query side, put together. */
public final class QuerySide {

  private final Documents documents;
  private final KriSeries kriSeries;
  private final AuditTrail auditTrail;
  private final Seals seals;
  private final TrailNames trailNames;
  private final ImpersonatedEvents impersonatedEvents;
  private final Directory directory;
  private final ReadYourWrites readYourWrites;

  /**
   * @param cursorKey at least 32 bytes, the same on every node
   */
  public QuerySide(Database database, Clock clock, byte[] cursorKey) {
    var cursors = new Cursors(cursorKey);
    this.documents = new Documents(database, clock, cursors);
    this.kriSeries = new KriSeries(database, cursors);
    this.auditTrail = new AuditTrail(database, cursors);
    this.seals = new Seals(database, cursors);
    this.trailNames = new TrailNames(database);
    this.impersonatedEvents = new ImpersonatedEvents(database);
    this.directory = new Directory(database);
    this.readYourWrites = new ReadYourWrites(database);
  }

  /** Finds and lists things: {@code documents().list(caller, Risks.LISTING, request)}. */
  public Documents documents() {
    return documents;
  }

  public KriSeries kriSeries() {
    return kriSeries;
  }

  public AuditTrail auditTrail() {
    return auditTrail;
  }

  public Seals seals() {
    return seals;
  }

  public TrailNames trailNames() {
    return trailNames;
  }

  public ImpersonatedEvents impersonatedEvents() {
    return impersonatedEvents;
  }

  public Directory directory() {
    return directory;
  }

  public ReadYourWrites readYourWrites() {
    return readYourWrites;
  }
}
