package io.varve.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.varve.events.histories.Histories;
import io.varve.events.histories.History;
import io.varve.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What is bundled verifies, whatever happened. */
class BundleTest {

  private static final NoteSigner KEY = Sealed.signer();

  private Path folder = Path.of("");

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("bundle");
  }

  @AfterProperty
  void deleteFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<List<History>> histories() {
    return Histories.any().list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 100)
  void allEventsOfATenantAreProvenCompleteAndFolded(@ForAll("histories") List<History> histories)
      throws IOException {
    var sealed = new Sealed(KEY, Sealed.TENANT, histories);
    Verified verified = verify(bundle(sealed, 1, new Random(0)));

    assertThat(verified.folds()).isTrue();
    assertThat(verified.leftOut()).isZero();
    assertThat(verified.manifest().events()).isEqualTo(sealed.events.size());
    assertThat(verified.manifest().streams()).isEqualTo(sealed.states.size());
  }

  @Property(tries = 100)
  void anyChoiceOfThemIsProvenInPart(
      @ForAll("histories") List<History> histories, @ForAll long seed) throws IOException {
    var sealed = new Sealed(KEY, Sealed.TENANT, histories);
    Verified verified = verify(bundle(sealed, 0.5, new Random(seed)));

    assertThat(verified.manifest().events() + verified.leftOut()).isEqualTo(sealed.events.size());
    assertThat(verified.folds()).isEqualTo(verified.leftOut() == 0);
  }

  @Property(tries = 50)
  void everyFileIsOfItsSchema(@ForAll("histories") List<History> histories, @ForAll long seed)
      throws IOException {
    Zip zip = Zip.read(bundle(new Sealed(KEY, Sealed.TENANT, histories), 0.7, new Random(seed)));

    zip.text(BundleFile.EVENTS).lines().forEach(line -> valid(zip, BundleFile.EVENT_SCHEMA, line));
    zip.text(BundleFile.GAPS).lines().forEach(line -> valid(zip, BundleFile.GAP_SCHEMA, line));
    valid(zip, BundleFile.STATE_SCHEMA, zip.text(BundleFile.STATE));
    valid(zip, BundleFile.LOG_PROOF_SCHEMA, zip.text(BundleFile.LOG_PROOF));
    valid(zip, BundleFile.MANIFEST_SCHEMA, zip.text(BundleFile.MANIFEST));
  }

  @Property(tries = 5)
  void whatAnyProgramUnpacksIsWhatIsVerified(@ForAll("histories") List<History> histories)
      throws IOException {
    Path bundle = bundle(new Sealed(KEY, Sealed.TENANT, histories), 1, new Random(0));
    Map<String, byte[]> unpacked = Zip.read(bundle).files();
    try (Archive archive = Archive.open(bundle)) {
      for (BundleFile file : BundleFile.values()) {
        if (archive.has(file)) {
          assertThat(archive.read(file).readAllBytes()).isEqualTo(unpacked.remove(file.path()));
        }
      }
    }
    assertThat(unpacked).isEmpty();
  }

  @Property(tries = 5)
  void nothingIsProvenToWhoKnowsAnotherKeyOrWantsAnotherTenant(
      @ForAll("histories") List<History> histories) throws IOException {
    Path bundle = bundle(new Sealed(KEY, Sealed.TENANT, histories), 1, new Random(0));

    assertThatThrownBy(
            () -> new BundleVerifier(Sealed.signer().key(), null).verify(bundle, Progress.NONE))
        .isInstanceOf(BadBundleException.class)
        .hasMessageContaining("no statement is about the key that is known");
    assertThatThrownBy(
            () ->
                new BundleVerifier(KEY.key().named("varve/" + new UUID(0, 1)), null)
                    .verify(bundle, Progress.NONE))
        .isInstanceOf(BadBundleException.class);
    assertThatThrownBy(
            () -> new BundleVerifier(KEY.key(), new UUID(0, 1)).verify(bundle, Progress.NONE))
        .isInstanceOf(BadBundleException.class)
        .hasMessage("the bundle is of the tenant " + Sealed.TENANT);
  }

  private Path bundle(Sealed sealed, double share, Random random) throws IOException {
    Path file = folder.resolve("bundle.zip");
    Files.deleteIfExists(file);
    sealed.bundle(file, event -> random.nextDouble() < share);
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:*.rows");
    return file;
  }

  private static Verified verify(Path bundle) throws IOException {
    return new BundleVerifier(KEY.key(), Sealed.TENANT).verify(bundle, Progress.NONE);
  }

  private static void valid(Zip zip, BundleFile schemaFile, String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(zip.text(schemaFile));
    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
  }
}
