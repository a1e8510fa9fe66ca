package io.varve.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a request comes from. An IPv6 address that holds an IPv4 one ({@code
 * ::ffff:192.0.2.1}) is that IPv4 address.
 */
public record ClientAddress(InetAddress address) {

  /** What one subscriber of IPv6 has: everything below is that subscriber's to choose from. */
  private static final int IPV6_NETWORK = 64;

  private static final int IPV4_NEIGHBOURHOOD = 24;

  /** As proxies write it: bare, in brackets, and perhaps with a port. A zone means nothing here. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<v4>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?"
              + "|\\[(?<bracketed>[0-9A-Fa-f:.]+)](?::[0-9]{1,5})?"
              + "|(?<v6>[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)");

  /**
   * Whoever sent a request. {@link ForwardedRequests} has seen to it that this is the client where
   * a trusted proxy stands between.
   */
  public static ClientAddress of(HttpServletRequest request) {
    String peer = request.getRemoteAddr();
    return parse(peer.replaceFirst("%.*", ""))
        .orElseThrow(() -> new IllegalStateException("the peer has no address: " + peer));
  }

  /** The address that a text says; nothing if it says none. Never asks a name server. */
  static Optional<ClientAddress> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    try {
      String literal = written.group("v4");
      if (literal == null) {
        literal = written.group("bracketed");
      }
      if (literal == null) {
        literal = written.group("v6");
      }
      return Optional.of(new ClientAddress(InetAddress.ofLiteral(literal)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  public String text() {
    return address.getHostAddress();
  }

  /** What is counted as one client: an IPv4 address, or a /64 of IPv6. */
  public String network() {
    return address instanceof Inet4Address ? text() : prefix(IPV6_NETWORK);
  }

  /** What somebody who comes back is likely to come from again: a /24 of IPv4, a /64 of IPv6. */
  public String neighbourhood() {
    return prefix(address instanceof Inet4Address ? IPV4_NEIGHBOURHOOD : IPV6_NETWORK);
  }

  private String prefix(int bits) {
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
