package io.varve.web.key;

import io.varve.web.testing.Api;

/** A key, and a client that uses it. */
record IssuedKey(String id, String text, Api api) {

  String prefix() {
    return text.split("_")[1];
  }
}
