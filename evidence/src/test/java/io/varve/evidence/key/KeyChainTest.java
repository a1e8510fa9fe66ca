package io.varve.evidence.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteSigner;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyChainTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000001Z");

  private final NoteSigner one = signer();
  private final NoteSigner two = signer();
  private final NoteSigner three = signer();
  private final Note first = Note.sign(statement(1, one, null, 0).text(), one);
  private final Note second = Note.sign(statement(2, two, one, 10).text(), one, two);
  private final Note third = Note.sign(statement(3, three, two, 10).text(), two, three);

  @Test
  void whoKnowsTheFirstKeyComesToTheNewest() {
    KeyChain chain = KeyChain.follow(one.key(), List.of(first, second, third));
    assertThat(chain.keys()).hasSize(3);
    assertThat(chain.ofNote(9)).isEqualTo(one.key());
    assertThat(chain.ofNote(10)).isEqualTo(three.key());
    assertThat(chain.ofCheckpoint(11)).isEqualTo(one.key());
    assertThat(chain.ofCheckpoint(12)).isEqualTo(two.key());
    assertThat(chain.ofCheckpoint(13)).isEqualTo(three.key());
    assertThat(KeyChain.follow(two.key(), List.of(first, second, third)).keys()).hasSize(2);
  }

  @Test
  void aKeyThatNobodyVouchesForEndsTheChain() {
    Note usurped = Note.sign(statement(2, two, one, 10).text(), two);
    Note unwilling = Note.sign(statement(2, two, one, 10).text(), one);
    Note backwards = Note.sign(statement(3, three, two, 9).text(), two, three);
    for (List<Note> broken :
        List.of(
            List.of(first, usurped),
            List.of(first, unwilling),
            List.of(first, third),
            List.of(first, second, backwards),
            List.<Note>of())) {
      assertThatThrownBy(() -> KeyChain.follow(one.key(), broken))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KeyChain.follow(signer().key(), List.of(first, second)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStatementIsReadAsItWasWrittenAndIsNoCheckpoint() {
    KeyStatement statement = statement(2, two, one, 10);
    assertThat(KeyStatement.parse(statement.text())).isEqualTo(statement);
    assertThatThrownBy(() -> Checkpoint.parse(statement.text()))
        .isInstanceOf(IllegalArgumentException.class);
    for (String broken :
        List.of(
            "",
            statement.text() + "more\n",
            statement.text().replace("log 10", "log 010"),
            statement.text().replace("key 2", "key 1"),
            statement.text().replace("time ", "time x"),
            statement.text().replace("after ", ""))) {
      assertThatThrownBy(() -> KeyStatement.parse(broken))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static KeyStatement statement(
      int version, NoteSigner key, @Nullable NoteSigner previous, long size) {
    return new KeyStatement(
        version, key.key(), previous == null ? null : previous.key(), size, 10 + version, AT);
  }

  private static NoteSigner signer() {
    try {
      return new NoteSigner(
          "varve/test", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
