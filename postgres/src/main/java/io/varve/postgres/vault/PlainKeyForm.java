package io.varve.postgres.vault;

import io.varve.postgres.keyfile.KeyForm;

/** 32 random bytes as they are. */
final class PlainKeyForm implements KeyForm<PlainKey> {

  @Override
  public byte[] make() {
    try (PlainKey random = PlainKey.random()) {
      return random.getEncoded();
    }
  }

  @Override
  public PlainKey read(byte[] content) {
    if (content.length != PlainKey.BYTES) {
      throw new IllegalArgumentException("must hold exactly " + PlainKey.BYTES + " bytes");
    }
    return new PlainKey(content.clone());
  }

  @Override
  public void wipe(PlainKey key) {
    key.close();
  }
}
