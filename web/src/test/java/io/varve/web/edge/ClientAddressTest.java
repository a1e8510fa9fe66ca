package io.varve.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:4711, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "[::ffff:c000:201]:443, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:DB8::1], 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
  })
  void anAddressIsReadHoweverAProxyWritesIt(String written, String meant) {
    assertThat(ClientAddress.parse(written).map(ClientAddress::text)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "_hidden",
        "localhost",
        "example.com",
        "1",
        "1.2.3",
        "256.1.1.1",
        "1.2.3.4:",
        "1.2.3.4:http",
        "1.2.3.4:123456",
        "[1.2.3.4",
        "2001:db8::1]",
        "2001:db8::1::2",
        "2001:db8::1%eth0",
        "1.2.3.4\r\nX: y",
        "0x7f.0.0.1",
        "::ffff:1.2.3.4.5"
      })
  void whatIsNoAddressIsNone(String garbage) {
    assertThat(ClientAddress.parse(garbage)).isEmpty();
  }

  @Test
  void oneSubscriberIsOneClient() {
    assertThat(network("192.0.2.1")).isEqualTo("192.0.2.1").isNotEqualTo(network("192.0.2.2"));
    assertThat(network("2001:db8:1:2::1")).isEqualTo(network("2001:db8:1:2:ffff::9"));
    assertThat(network("2001:db8:1:2::1")).isNotEqualTo(network("2001:db8:1:3::1"));
    assertThat(neighbourhood("192.0.2.1")).isEqualTo(neighbourhood("192.0.2.254"));
    assertThat(neighbourhood("192.0.2.1")).isNotEqualTo(neighbourhood("192.0.3.1"));
  }

  private static String network(String address) {
    return ClientAddress.parse(address).orElseThrow().network();
  }

  private static String neighbourhood(String address) {
    return ClientAddress.parse(address).orElseThrow().neighbourhood();
  }
}
