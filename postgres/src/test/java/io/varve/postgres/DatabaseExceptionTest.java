package io.varve.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseExceptionTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "08006", "53300", "57P01", "57014", "55P03", "25P03", "25P04"})
  void tryingAgainMayHelpWhereTheServerOrTheWaitFailed(String sqlState) {
    assertThat(DatabaseException.of(new SQLException("", sqlState)).isUnavailable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22021", "42501", "40P01"})
  void butNotWhereTheStatementDid(String sqlState) {
    assertThat(DatabaseException.of(new SQLException("", sqlState)).isUnavailable()).isFalse();
  }
}
