package io.varve.web.http;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/** A JSON body that may be large: it is read once, as it streams by, and never held whole. */
public final class Upload {

  private final DigestInputStream body;

  Upload(InputStream body, MessageDigest digest) {
    this.body = new DigestInputStream(body, digest);
  }

  /**
   * @param reader reads to the end
   * @throws FaultException if it is not JSON, or too large
   */
  public <T> T read(Function<InputStream, T> reader) {
    try {
      return reader.apply(body);
    } catch (JacksonException malformed) {
      throw StrictJson.malformed(malformed);
    }
  }

  /** The digest of what was read, which can be asked for once. */
  byte[] digest() {
    return body.getMessageDigest().digest();
  }
}
