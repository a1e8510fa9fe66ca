package io.varve.evidence.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.evidence.merkle.Merkle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  @Test
  void itsTextIsALineForEachPart() {
    var checkpoint = new Checkpoint("varve/log", 12, Merkle.EMPTY, List.of("at now"));

    assertThat(checkpoint.text()).isEqualTo("varve/log\n12\n" + ROOT + "\nat now\n");
    assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "log\n1\n",
        "\n1\n" + ROOT + "\n",
        "log\n01\n" + ROOT + "\n",
        "log\n-1\n" + ROOT + "\n",
        "log\n99999999999999999999\n" + ROOT + "\n",
        "log\n1\nAAAA\n",
        "log\n1\n" + ROOT,
        "log\n1\n" + ROOT + "\n\n"
      })
  void whatIsNoCheckpointIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
