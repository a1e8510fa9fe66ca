package io.varve.evidence.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

  /** The example that the format's first implementation documents. */
  private static final String KNOWN_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String KNOWN_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final NoteSigner signer = signer("varve/log");

  @Test
  void aNoteThatOthersSignedVerifies() {
    Note note = Note.parse(KNOWN_NOTE.getBytes(UTF_8));

    assertThat(note.isSignedBy(NoteKey.parse(KNOWN_KEY))).isTrue();
    assertThat(note).hasToString(KNOWN_NOTE);
    assertThat(NoteKey.parse(KNOWN_KEY).vkey()).isEqualTo(KNOWN_KEY);
  }

  @Test
  void whatIsSignedVerifiesUnderThatNameAndKeyAlone() {
    Note note = Note.parse(Note.sign("two\n\nlines\n", signer).bytes());

    assertThat(note.text()).isEqualTo("two\n\nlines\n");
    assertThat(note.isSignedBy(NoteKey.parse(signer.key().vkey()))).isTrue();
    assertThat(note.isSignedBy(signer.named("varve/other").key())).isFalse();
    assertThat(note.isSignedBy(signer("varve/log").key())).isFalse();
  }

  @Test
  void severalCanSignOneText() {
    NoteSigner second = signer("witness");
    Note note = Note.sign("text\n", signer, second);

    assertThat(note.isSignedBy(signer.key())).isTrue();
    assertThat(note.isSignedBy(second.key())).isTrue();
  }

  @Test
  void anotherTextIsNotSigned() {
    String note = Note.sign("text\n", signer).toString();

    assertThat(Note.parse(note.replace("text", "next").getBytes(UTF_8)).isSignedBy(signer.key()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\nno dash AAAAAAAA\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name AAAAAAAA",
        "te\txt\n\n\u2014 name AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAAA\nmore\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> Note.parse(text.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10=",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> NoteKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static NoteSigner signer(String name) {
    try {
      return new NoteSigner(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
