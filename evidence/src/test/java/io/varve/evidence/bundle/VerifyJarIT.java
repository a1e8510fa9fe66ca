package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.histories.History;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeEvent.OutcomeDescribed;
import io.varve.events.outcome.OutcomeId;
import io.varve.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is handed to who verifies, run with {@code java} and nothing else. */
class VerifyJarIT {

  private static final NoteSigner KEY = Sealed.signer();

  @TempDir private Path folder;

  private Path bundle = Path.of("");

  private record Run(int code, String out, String err) {}

  @BeforeEach
  void bundle() throws IOException {
    bundle = folder.resolve("bundle.zip");
    var history =
        new History(
            Outcome.STREAM,
            List.of(
                new OutcomeDefined(new OutcomeId(new UUID(1, 1)), "loss", "", null),
                new OutcomeDescribed("more loss", "", null)));
    new Sealed(KEY, Sealed.TENANT, List.of(history)).bundle(bundle);
  }

  @Test
  void aGoodBundleIsVerifiedAndItIsSaidWhatWasProven() throws Exception {
    Run run = verify(bundle.toString(), "--key", KEY.key().vkey());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Verified: 2 events of the tenant " + Sealed.TENANT)
        .contains(KEY.key().vkey(), "complete", "1 streams without a hole", "0 sealed texts");
    assertThat(run.code()).isZero();
    Path key = Files.writeString(folder.resolve("key"), KEY.key().vkey() + "\n");
    assertThat(verify("--key", key.toString(), bundle.toString()).code()).isZero();
  }

  @Test
  void aBadOneEndsWithOneAndOneLine() throws Exception {
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 10] ^= 1;
    Files.write(bundle, bytes);
    Run run = verify(bundle.toString(), "--key", KEY.key().vkey());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(bundle + ": NOT VERIFIED: ").hasLineCount(1);
    assertThat(verify(bundle.toString(), "--key", "nowhere").err()).hasLineCount(1);
    assertThat(verify(bundle.toString(), "--key", "a+b+c").err()).hasLineCount(1);
    assertThat(verify("nowhere", "--key", KEY.key().vkey()).err()).hasLineCount(1);
  }

  @Test
  void whoeverDoesNotSayWhatOrWithWhichKeyIsToldHow() throws Exception {
    assertThat(verify().code()).isEqualTo(2);
    assertThat(verify(bundle.toString()).err()).startsWith("Usage: java -jar verify.jar");
    assertThat(verify(bundle.toString(), "--yek", "x").code()).isEqualTo(2);
  }

  private Run verify(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", Path.of("target", "verify.jar").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Run(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
