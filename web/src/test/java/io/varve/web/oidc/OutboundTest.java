package io.varve.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutboundTest {

  @AutoClose static final Outbound outbound = new Outbound(true);

  private static HttpServer server;

  @BeforeAll
  static void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(new byte[1024]);
            }
          }
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    assertThatThrownBy(() -> get(outbound, "/endless")).hasMessageContaining("more than 262144");
  }

  @Test
  void aRedirectionIsAnAnswerAndNotFollowed() {
    assertThatThrownBy(() -> get(outbound, "/elsewhere")).hasMessageContaining("status 302");
  }

  @Test
  @Timeout(30)
  void whoNeverStopsAnsweringIsLeftAfterAWhile() throws IOException {
    try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(dripping));
      long began = System.nanoTime();
      URI address = URI.create("http://localhost:" + dripping.getLocalPort() + "/");
      assertThatThrownBy(() -> outbound.retrieveResource(address.toURL()))
          .isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void withoutLeaveThisHostAndItsNetworkAreNotAsked() throws IOException {
    try (var strict = new Outbound(false)) {
      assertThatThrownBy(() -> get(strict, "/")).hasMessageContaining("not an https address");
      assertThatThrownBy(() -> strict.retrieveResource(URI.create("https://localhost:1/").toURL()))
          .isInstanceOf(UnknownHostException.class);
      assertThatThrownBy(
              () -> strict.retrieveResource(URI.create("https://169.254.169.254/").toURL()))
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void evenWithLeaveOnlyThisHostIsAskedWithoutTls() {
    assertThat(outbound.admits(URI.create("http://127.0.0.1:1/"))).isTrue();
    assertThat(outbound.admits(URI.create("http://10.0.0.1/"))).isFalse();
    assertThat(outbound.admits(URI.create("http://localhost.evil.test/"))).isFalse();
    assertThat(outbound.admits(URI.create("https://user@login.example/"))).isFalse();
    assertThat(outbound.admits(URI.create("javascript:alert(1)"))).isFalse();
    assertThat(outbound.admits(URI.create("ftp://login.example/"))).isFalse();
  }

  private static void get(Outbound from, String path) throws IOException {
    from.retrieveResource(
        URI.create("http://localhost:" + server.getAddress().getPort() + path).toURL());
  }

  /** A header a byte at a time, each before anybody would call it silence. */
  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream request = socket.getInputStream();
        OutputStream answer = socket.getOutputStream()) {
      socket.setSoTimeout(1_000);
      answer.write(
          "HTTP/1.1 200 OK\r\nX-Long: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      while (true) {
        answer.write('a');
        answer.flush();
        awaitSilence(request);
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static void awaitSilence(InputStream request) throws IOException {
    try {
      while (request.read() >= 0) {}
      throw new IOException("the client has gone");
    } catch (java.net.SocketTimeoutException second) {
      return;
    }
  }
}
