package io.varve.web.oidc;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks a name up, and finds only addresses that the whole internet may ask (RFC 6890). A
 * connection goes to the address that was looked at, so that no second look-up can slip another in.
 */
final class PublicAddresses extends SystemDefaultDnsResolver {

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = super.resolve(host);
    if (!Arrays.stream(found).allMatch(PublicAddresses::isPublic)) {
      throw new UnknownHostException("the name leads into a private network");
    }
    return found;
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return switch (first) {
      case 0 -> false;
      // Shared between a carrier and its customers.
      case 100 -> (second & 0xc0) != 64;
      // Protocol assignments, documentation, 6to4 relays.
      case 192 -> second != 0 && !(second == 88 && (bytes[2] & 0xff) == 99);
      // Benchmarks, documentation.
      case 198 -> second != 18 && second != 19 && !(second == 51 && bytes[2] == 100);
      case 203 -> !(second == 0 && bytes[2] == 113);
      default -> first < 240;
    };
  }

  /** Global unicast, without what carries an IPv4 address or is not for use. */
  private static boolean isPublic6(byte[] bytes) {
    int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
    return switch (first) {
      // Protocol assignments with Teredo; documentation.
      case 0x2001 -> second >= 0x200 && second != 0xdb8;
      case 0x2002, 0x3fff -> false;
      default -> (first & 0xe000) == 0x2000;
    };
  }
}
