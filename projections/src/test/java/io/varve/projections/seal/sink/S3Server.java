package io.varve.projections.seal.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A store that speaks S3, in a process of its own. */
final class S3Server implements AutoCloseable {

  private static final Pattern STARTED =
      Pattern.compile("Tomcat started on ports? .*?(\\d+) \\(http\\)");

  final URI endpoint;
  final S3Client client;
  private final Process process;

  S3Server() {
    try {
      this.process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-jar",
                  Path.of("target", "s3mock.jar").toString(),
                  "--http.port=0",
                  "--server.port=0")
              .redirectErrorStream(true)
              .start();
      this.endpoint = URI.create("http://localhost:" + port());
      this.client =
          S3Client.builder()
              .endpointOverride(endpoint)
              .forcePathStyle(true)
              .region(Region.US_EAST_1)
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BucketSettings bucket(String name) {
    return new BucketSettings(endpoint, name, "us-east-1", "varve/", 400, "key", "secret");
  }

  private int port() throws IOException {
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        // So that it does not stop when the pipe is full.
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IllegalStateException("the store did not start");
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
