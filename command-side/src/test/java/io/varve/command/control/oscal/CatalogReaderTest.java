package io.varve.command.control.oscal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.varve.command.control.ImportControls;
import io.varve.command.control.ImportedControl;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class CatalogReaderTest {

  private static final String METADATA =
      """
      "metadata": {"title": "NIST Special Publication 800-53 Revision 5.1.1", "oscal-version": "1.1.2"}
      """;

  private static ImportControls read(String catalog) {
    return CatalogReader.read(
        new ByteArrayInputStream(catalog.getBytes(StandardCharsets.UTF_8)), null);
  }

  private static ImportControls catalog(String members) {
    return read("{\"catalog\": {" + METADATA + "," + members + "}}");
  }

  private static String statementOf(String controlMembers) {
    return catalog("\"controls\": [{\"id\": \"ac-7\", \"title\": \"T\"," + controlMembers + "}]")
        .controls()
        .getFirst()
        .statement();
  }

  @Test
  void aStatementIsWrittenInOrderWithItsLabelsAndItsBlanks() {
    String statement =
        statementOf(
            """
            "params": [
              {"id": "p1", "label": "number"},
              {"id": "p2", "select": {"how-many": "one-or-more",
                "choice": ["lock the account for {{ insert: param, p3 }} ", "notify"]}},
              {"id": "p3", "label": "time period"},
              {"id": "p4", "select": {"choice": ["this", "that"]}},
              {"id": "p5", "label": "unused", "values": ["90", "days"]}],
            "parts": [
              {"name": "guidance", "prose": "Not this."},
              {"id": "s", "name": "statement", "prose": "Do this:", "parts": [
                {"name": "item", "prose": "Enforce {{ insert: param, p1 }} ; and",
                 "props": [{"name": "label", "value": "AC-07a", "class": "sp800-53a"},
                           {"name": "label", "value": "a."}],
                 "parts": [
                   {"name": "item", "props": [{"name": "label", "value": "1."}],
                    "prose": " {{ insert: param, p2 }} within {{insert:param,p5}}."}]},
                {"name": "item", "props": [{"name": "label", "value": "b."}],
                 "prose": "Choose {{ insert: param, p4 }} or {{ insert: param, unknown }}, see [(c)](#s1.2)."}]}]
            """);
    assertThat(statement)
        .isEqualTo(
            """
            Do this:
              a. Enforce [Assignment: number]; and
                1. [Selection (one or more): lock the account for [Assignment: time period]; notify] within 90, days.
              b. Choose [Selection: this; that] or [Assignment: unknown], see (c).""");
  }

  @Test
  void aParameterMayStandAfterItsInsertionOrInTheControlThatIsEnhanced() {
    List<ImportedControl> controls =
        catalog(
                """
                "groups": [{"groups": [{"controls": [
                  {"controls": [{"id": "ac-2.1", "title": "Inner", "parts": [
                     {"prose": "Within {{ insert: param, outer }}.", "name": "statement"}]}],
                   "parts": [{"name": "statement", "prose": "After {{ insert: param, outer }}."}],
                   "params": [{"label": "a time", "id": "outer"}],
                   "title": "Outer", "id": "ac-2"}]}]}]
                """)
            .controls();
    assertThat(controls)
        .extracting(ImportedControl::id, ImportedControl::pointer, ImportedControl::statement)
        .containsExactly(
            tuple("ac-2", "/catalog/groups/0/groups/0/controls/0", "After [Assignment: a time]."),
            tuple(
                "ac-2.1",
                "/catalog/groups/0/groups/0/controls/0/controls/0",
                "Within [Assignment: a time]."));
  }

  @Test
  void choicesThatInsertEachOtherComeToAnEnd() {
    assertThat(
            statementOf(
                """
                "params": [{"id": "a", "select": {"choice": ["{{ insert: param, b }}"]}},
                           {"id": "b", "select": {"choice": ["{{ insert: param, a }}"]}}],
                "parts": [{"name": "statement", "prose": "{{ insert: param, a }}"}]
                """))
        .isEqualTo("[Selection: [Selection: [Assignment: a]]]");
  }

  @Test
  void choicesThatMultiplyStopSoonAfterTheyAreTooLong() {
    var params = new StringBuilder("\"params\": [");
    for (int i = 0; i < 40; i++) {
      String next = "{{ insert: param, p" + (i + 1) + " }}";
      params.append(
          "{\"id\": \"p%d\", \"select\": {\"choice\": [\"%s\", \"%s\"]}},"
              .formatted(i, next, next));
    }
    params.append("{\"id\": \"p40\", \"label\": \"x\"}],");
    String statement =
        statementOf(
            params
                + "\"parts\": [{\"name\": \"statement\", \"prose\": \"{{ insert: param, p0 }}\"}]");
    assertThat(statement).hasSize(40_002);
  }

  @ParameterizedTest
  @CsvSource({
    "NIST Special Publication 800-53 Revision 5.1.1 MODERATE IMPACT BASELINE, nist-800-53r5",
    "NIST SP 800-53 Rev. 5 Controls, nist-800-53r5",
    "NIST Special Publication 800-171 Revision 3, nist-800-171r3",
    "Sample Security Catalog *for Demonstration* and Testing, sample-security-catalog-for-demonstration-and-testing",
    "'  Überwachung 27002:2022 ', berwachung-27002-2022",
  })
  void theTitleNamesTheFramework(String title, String framework) {
    assertThat(
            read("{\"catalog\": {\"controls\": [], \"metadata\": {\"title\": \"%s\", \"oscal-version\": \"1.0.4\"}}}"
                    .formatted(title))
                .framework())
        .isEqualTo(framework);
  }

  @Test
  void whatIsNotAControlIsPassedOverWhateverItsSize() {
    String padding = "x".repeat(1_000_000);
    ImportControls command =
        catalog(
            """
            "uuid": "u", "params": [{"odd": 1}], "back-matter": {"resources": [{"base64": {"value": "%1$s"}}]},
            "controls": [{"id": "a-1", "title": "T", "class": 5, "links": [{"href": "%1$s"}],
              "parts": [{"name": "guidance", "prose": "%1$s", "parts": 7}]}]
            """
                .formatted(padding));
    assertThat(command.controls())
        .containsExactly(new ImportedControl("/catalog/controls/0", "a-1", "T", "", false));
  }

  @Test
  void aWithdrawnControlIsKnownAsSuch() {
    assertThat(
            catalog(
                    """
                    "controls": [{"id": "ac-13", "title": "T", "props": [{"name": "status", "value": "withdrawn"}]}]
                    """)
                .controls())
        .extracting(ImportedControl::withdrawn)
        .containsExactly(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                                                            |                                  | wrong-type
          5                                                                                             |                                  | wrong-type
          {}                                                                                            | /catalog                         | required
          {"profile": {}}                                                                               | /profile                         | unknown-field
          {"catalog": []}                                                                               | /catalog                         | wrong-type
          {"catalog": null}                                                                             | /catalog                         | wrong-type
          {"catalog": {}}                                                                               | /catalog/metadata/title          | required
          {"catalog": {"metadata": {"title": "T"}}}                                                     | /catalog/metadata/oscal-version  | required
          {"catalog": {"metadata": {"title": 5}}}                                                       | /catalog/metadata/title          | wrong-type
          {"catalog": {"metadata": {"oscal-version": "2.0.0"}}}                                         | /catalog/metadata/oscal-version  | unsupported-version
          {"catalog": {"metadata": {"title": "§", "oscal-version": "1.1.2"}}}                           | /catalog/metadata/title          | no-framework
          {"catalog": {"groups": {}}}                                                                   | /catalog/groups                  | wrong-type
          {"catalog": {"groups": [{"controls": [3]}]}}                                                  | /catalog/groups/0/controls/0     | wrong-type
          {"catalog": {"controls": [{"id": 7}]}}                                                        | /catalog/controls/0/id           | wrong-type
          {"catalog": {"controls": [{"parts": [{"name": "statement", "prose": {}}]}]}}                  | /catalog/controls/0/parts/0/prose | wrong-type
          {"catalog": {"controls": [{"controls": [{"title": []}]}]}}                                    | /catalog/controls/0/controls/0/title | wrong-type
          {"catalog": {"metadata": {"title": "T", "oscal-version": "1.1.2"}}} {}                        |                                  | trailing
          """)
  void whatIsNoCatalogIsRefusedWhereItGoesWrong(String catalog, String pointer, String code) {
    assertThatThrownBy(() -> read(catalog))
        .extracting(CatalogReaderTest::violation)
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(pointer == null ? "" : pointer, code);
  }

  private static Violation violation(Throwable failure) {
    return failure instanceof InvalidException invalid
        ? invalid.violations().getFirst()
        : ((NotACatalogException) failure).violation();
  }

  @Test
  void aCatalogThatEndsTooSoonIsNone() {
    String catalog =
        "{\"catalog\": {"
            + METADATA.strip()
            + ",\"groups\":[{\"controls\":[{\"id\":\"a\",\"title\":\"ü\",\"parts\":[]}]}]}}";
    assertThat(read(catalog).controls()).hasSize(1);
    for (int end = 0; end < catalog.length(); end++) {
      String beginning = catalog.substring(0, end);
      assertThatThrownBy(() -> read(beginning))
          .as(beginning)
          .isInstanceOfAny(JacksonException.class, NotACatalogException.class);
    }
  }

  @Test
  void whatCostsMoreThanACatalogNeedsIsRefused() {
    assertThatThrownBy(() -> catalog("\"x\": " + "[".repeat(100) + "]".repeat(100)))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(
            () ->
                catalog(
                    "\"groups\": " + "[{\"groups\":".repeat(100_000) + "[]" + "}]".repeat(100_000)))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(
            () -> catalog("\"controls\": [{\"title\": \"" + "x".repeat(100_001) + "\"}]"))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> catalog("\"x\": 1" + "0".repeat(100) + ", \"controls\": []"))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> catalog("\"controls\": [], \"controls\": []"))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> catalog("\"x\": \"" + "y".repeat(CatalogReader.MAX_BYTES) + "\""))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> catalog("\"controls\": [" + "{},".repeat(5_000) + "{}]"))
        .isInstanceOf(InvalidException.class);
  }

  @Test
  void allStatementsTogetherHaveALimit() {
    String inner =
        "{\"parts\": [{\"name\": \"statement\", \"prose\": \"{{ insert: param, p }}\"}]},";
    String outer =
        "{\"params\": [{\"id\": \"p\", \"label\": \"%s\"}], \"controls\": [%s {}]}"
            .formatted("x".repeat(30_000), inner.repeat(300));
    assertThatThrownBy(() -> catalog("\"controls\": [" + outer + "]"))
        .isInstanceOf(InvalidException.class);
  }
}
