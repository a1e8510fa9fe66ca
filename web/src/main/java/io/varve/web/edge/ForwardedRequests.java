package io.varve.web.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a request that a trusted proxy hands on the address and the protocol of its client. What
 * anybody else says about that is not believed.
 */
final class ForwardedRequests extends OncePerRequestFilter {

  private final List<IpAddressMatcher> trusted;
  private final ForwardedHeader header;

  ForwardedRequests(EdgeSettings settings) {
    this.trusted = settings.trustedProxies().stream().map(IpAddressMatcher::new).toList();
    this.header = settings.forwardedHeader();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ClientAddress peer = ClientAddress.of(request);
    if (!isTrusted(peer)) {
      chain.doFilter(request, response);
      return;
    }
    List<String> protocols = header.protocols(request);
    boolean secure =
        protocols.isEmpty()
            ? request.isSecure()
            : protocols.stream().allMatch("https"::equalsIgnoreCase);
    chain.doFilter(new Forwarded(request, client(peer, header.hops(request)), secure), response);
  }

  /**
   * Goes back from hop to hop, for as long as each is trusted to tell the one before it. What is no
   * address ends the way: then whoever wrote it is as far as anything is known.
   */
  private ClientAddress client(ClientAddress peer, List<String> hops) {
    ClientAddress known = peer;
    for (String hop : hops.reversed()) {
      Optional<ClientAddress> before = ClientAddress.parse(hop);
      if (before.isEmpty()) {
        return known;
      }
      known = before.get();
      if (!isTrusted(known)) {
        return known;
      }
    }
    return known;
  }

  private boolean isTrusted(ClientAddress address) {
    String text = address.text();
    return trusted.stream().anyMatch(network -> network.matches(text));
  }

  private static final class Forwarded extends HttpServletRequestWrapper {
    private final ClientAddress client;
    private final boolean secure;

    Forwarded(HttpServletRequest request, ClientAddress client, boolean secure) {
      super(request);
      this.client = client;
      this.secure = secure;
    }

    @Override
    public String getRemoteAddr() {
      return client.text();
    }

    @Override
    public String getRemoteHost() {
      return client.text();
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getScheme() {
      return secure ? "https" : "http";
    }
  }
}
