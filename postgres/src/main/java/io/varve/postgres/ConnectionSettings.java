package io.varve.postgres;

/** Where a database is and who connects to it. The password is in no text made from this. */
public record ConnectionSettings(String url, String user, String password) {

  @Override
  public String toString() {
    return user + "@" + url;
  }
}
