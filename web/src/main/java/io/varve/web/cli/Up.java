package io.varve.web.cli;

import static java.util.Objects.requireNonNullElse;

import io.varve.web.demo.Account;
import io.varve.web.demo.DemoInstallation;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    mixinStandardHelpOptions = true,
    name = "up",
    description = "Starts Varve and prints one line when it is ready. Ctrl-C stops it.",
    footer = {
      "",
      "PostgreSQL runs inside of the data folder unless VARVE_DB_URL names another",
      "(see \"varve migrate --help\"). Logs go to DIR/log, or with VARVE_LOG=json to",
      "standard error as structured JSON. Secrets come from files, one setting each, in",
      "DIR/secrets/config or the folder that VARVE_SECRETS names."
    })
final class Up implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "HTTP port (${DEFAULT-VALUE}); 0 takes a free one.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder that keeps everything (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--demo",
      description = {
        "Lays down a year of a demo organization's history in an empty ledger, and prints who can",
        "sign in. Where the demo is there already, it just starts."
      })
  private boolean demo;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      defaultValue = "${env:VARVE_TLS_CERTIFICATE}",
      description = {
        "Serves HTTPS with this certificate and those behind it (PEM); needs --tls-key.",
        "Both files may change while Varve runs."
      })
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      defaultValue = "${env:VARVE_TLS_KEY}",
      description = "The certificate's private key (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "\"production\" refuses to start where the installation is not safe for it.")
  private @Nullable String profile;

  @Override
  public Integer call() throws InterruptedException {
    requireFree(port);
    // Standard output carries what is said here and nothing else, whatever a library prints.
    PrintStream out = System.out;
    System.setOut(System.err);
    Node node = new Node(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
    try {
      Map<String, String> settings = settings();
      int serving = node.start(data, port, settings);
      String scheme = settings.containsKey(Tls.BUNDLE) ? "https" : "http";
      String url = scheme + "://localhost:" + serving;
      if (demo) {
        tellOfDemo(node, url, out);
      }
      out.printf("Varve is ready at %s%n", url);
      out.flush();
    } catch (PortInUseException e) {
      throw inUse(e.getPort(), e);
    }
    new CountDownLatch(1).await();
    return 0;
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(Tls.settings(certificate, key));
    if (profile != null) {
      settings.put(Profile.SETTING, profile);
    }
    if (demo) {
      settings.put(Profile.DEMO, "true");
    }
    return settings;
  }

  private void tellOfDemo(Node node, String url, PrintStream out) throws InterruptedException {
    System.err.println("Laying down a year of demo history, unless it is there ...");
    List<Account> accounts =
        node.part(DemoInstallation.class)
            .ensure(url)
            .orElseThrow(
                () ->
                    new Refused(
                        "The ledger is not empty and holds no finished demo:"
                            + " start --demo with another data folder (--data)."));
    out.printf("The demo's users, also in %s:%n", data.resolve(DemoInstallation.FILE));
    for (Account account : accounts) {
      out.printf(
          "  %-12s  %-26s  %-36s  %s%n",
          account.role().text(),
          requireNonNullElse(account.tenant(), ""),
          account.email(),
          account.password());
    }
  }

  /** Before anything is started; the web server has the last word. */
  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      socket.getLocalPort();
    } catch (BindException e) {
      if (String.valueOf(e.getMessage()).contains("Permission denied")) {
        throw new Refused(
            "Port %d may not be opened by this user: choose one above 1023.".formatted(port), e);
      }
      throw inUse(port, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused("Port %d cannot be opened: %s.".formatted(port, e.getMessage()), e);
    }
  }

  private static Refused inUse(int port, Exception cause) {
    return new Refused(
        "Port %d is in use: choose another with --port, or stop the program that has it."
            .formatted(port),
        cause);
  }
}
