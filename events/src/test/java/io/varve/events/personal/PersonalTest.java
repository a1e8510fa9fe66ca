package io.varve.events.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.Json;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTest {

  private static final UUID SUBJECT = UUID.fromString("0197a1b2-0000-7000-8000-000000000001");

  @Property
  void theCipherComesBackFromTheTextAsItWas(@ForAll @Size(min = 1) byte[] cipher) {
    Personal personal = Personal.of(SUBJECT, cipher);
    Personal read = Personal.parse(personal.text());
    assertThat(read).isEqualTo(personal);
    assertThat(read.bytes()).isEqualTo(cipher);
    assertThat(Json.read(Json.write(personal), Personal.class)).isEqualTo(personal);
    assertThat(Personal.isPersonal(personal.text())).isTrue();
  }

  @Test
  void theTextNamesItsFormAndItsSubject() {
    assertThat(Personal.of(SUBJECT, new byte[] {1, 2, 3}).text())
        .isEqualTo("personal:1:0197a1b2-0000-7000-8000-000000000001:AQID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "someone@example.com",
        "personal:1:",
        "personal:2:0197a1b2-0000-7000-8000-000000000001:AQID",
        "personal:1:0197a1b2-0000-7000-8000-000000000001:",
        "personal:1:0197a1b2-0000-7000-8000-000000000001/AQID",
        "personal:1:0197a1b2x0000-7000-8000-000000000001:AQID"
      })
  void whatHasAnotherFormIsNotTaken(String text) {
    assertThatThrownBy(() -> Personal.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlainTextIsNoPersonalField() {
    assertThat(Personal.isPersonal("someone@example.com")).isFalse();
  }
}
