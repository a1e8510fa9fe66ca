package io.varve.events.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.TenantEvent;
import io.varve.events.rule.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every shape that an event ever had keeps a sample, {@code samples/<type>/<revision>.json}, which
 * is decoded and folded for as long as there is a ledger that may hold one. A sample is never
 * changed and never removed.
 */
class SamplesTest {

  private static final EventTypes TYPES = EventTypes.catalog();

  record Sample(String type, int revision, String payload) {
    TenantEvent decode() {
      return TYPES.decode(type, revision, payload);
    }

    @Override
    public String toString() {
      return type + " " + revision;
    }
  }

  @Test
  void everyRevisionOfEveryTypeHasASample() throws Exception {
    List<String> expected =
        TYPES.names().stream()
            .flatMap(
                name ->
                    Stream.iterate(1, r -> r <= TYPES.revisionOf(name), r -> r + 1)
                        .map(r -> name + ' ' + r))
            .toList();
    assertThat(samples()).map(Sample::toString).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleStillDecodesAndFoldsIntoAValidState(Sample sample) throws Exception {
    TenantEvent event = sample.decode();
    State state = TYPES.streamOf(event).evolve(isFirst(event) ? null : begun(event), event);
    var rules = new Rules();
    state.check(rules);
    assertThat(rules.violations()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleOfTheNewestRevisionIsWrittenAgainAsItStands(Sample sample) {
    if (sample.revision() == TYPES.revisionOf(sample.type())) {
      assertThat(Json.tree(sample.decode())).isEqualTo(Json.read(sample.payload(), JsonNode.class));
    }
  }

  /** The state of the event's stream after the sample of its first event. */
  private static State begun(TenantEvent event) throws Exception {
    StreamDefinition<?, ?> stream = TYPES.streamOf(event);
    return samples().stream()
        .map(Sample::decode)
        .filter(first -> isFirst(first) && TYPES.streamOf(first).equals(stream))
        .map(first -> stream.evolve(null, first))
        .findFirst()
        .orElseThrow();
  }

  /** The first event of a stream is the one that carries the stream's id. */
  private static boolean isFirst(TenantEvent event) {
    return Arrays.stream(event.getClass().getRecordComponents())
        .anyMatch(component -> component.getName().equals("id"));
  }

  static List<Sample> samples() throws IOException, URISyntaxException {
    Path root = Path.of(Objects.requireNonNull(resource("/samples")).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().map(SamplesTest::sample).toList();
    }
  }

  private static @Nullable URL resource(String name) {
    return SamplesTest.class.getResource(name);
  }

  private static Sample sample(Path file) {
    String name = file.getFileName().toString();
    try {
      return new Sample(
          file.getName(file.getNameCount() - 2).toString(),
          Integer.parseInt(name.substring(0, name.length() - ".json".length())),
          Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
