package io.varve.web.oidc;

/** What is wrong with a provider, in a sentence for whoever administers it. */
final class ProviderFault extends Exception {

  private static final long serialVersionUID = 1L;

  ProviderFault(String sentence) {
    super(sentence);
  }

  ProviderFault(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
