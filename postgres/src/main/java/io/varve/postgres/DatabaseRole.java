package io.varve.postgres;

/** The roles that a transaction can take; the login itself may do nothing. */
public enum DatabaseRole {
  /** Reads the streams of one tenant, to decide commands. */
  COMMAND("varve_command"),
  /** Appends to the ledger. No request runs as it. */
  LEDGER("varve_ledger"),
  /** Reads the read models and the ledger of one tenant. */
  QUERY("varve_query"),
  /** Reads the whole ledger and writes read models. No request runs as it. */
  PROJECTOR("varve_projector"),
  /** Reads and writes the wrapped keys and secrets of one tenant. */
  VAULT("varve_vault"),
  /** Reads and writes what signing in needs of one tenant, beside events and secrets. */
  ACCESS("varve_access");

  private final String sqlName;

  DatabaseRole(String sqlName) {
    this.sqlName = sqlName;
  }

  String sqlName() {
    return sqlName;
  }
}
