package io.varve.web.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts, answers a request and stops, so that the JVM can learn for its AOT cache (JEP 514). */
@Command(name = "train", hidden = true)
final class Train implements Callable<Integer> {

  @Parameters(paramLabel = "DIR")
  private Path data = Path.of("data");

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Node node = new Node(Map.of());
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + node.start(data, 0) + "/health/ready");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2
          ? 0
          : 1;
    }
  }
}
