package io.varve.web;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.varve.command.Command;
import io.varve.command.Requires;
import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.web.http.ProblemCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The rules of the architecture that a compiler cannot hold. */
@AnalyzeClasses(packages = "io.varve", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theLanguageKnowsNoFrameworkAndNoDatabase =
      noClasses()
          .that()
          .resideInAPackage("io.varve.events..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.axonframework..",
              "java.sql..",
              "org.postgresql..",
              "io.varve.evidence..",
              "io.varve.postgres..",
              "io.varve.command..",
              "io.varve.projections..",
              "io.varve.query..",
              "io.varve.web..");

  /**
   * Whoever checks our evidence needs none of the parts that made it: not even what packs a bundle.
   */
  @ArchTest
  static final ArchRule evidenceKnowsNothingButTheLanguage =
      classes()
          .that()
          .resideInAPackage("io.varve.evidence..")
          .and()
          .doNotHaveSimpleName("BundleWriter")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.varve.evidence..",
              "io.varve.events..",
              "java..",
              "tools.jackson..",
              "com.fasterxml.jackson.annotation..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule commandsProjectionsAndQueriesNeverSeeEachOther =
      SlicesRuleDefinition.slices()
          .matching("io.varve.(command|projections|query)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule nothingBelowKnowsOfTheWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.varve.web..")
          .and()
          .resideOutsideOfPackage("io.varve.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.varve.web..", "jakarta.servlet..", "org.springframework..");

  @ArchTest
  static final ArchRule onlyTheAggregateOfAStreamAppliesEvents =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.varve.command.stream.StreamAggregate")
          .should()
          .callMethodWhere(target(describe("AggregateLifecycle.apply", ArchitectureTest::applies)));

  @ArchTest
  static final ArchRule onlyOnePlaceMakesACaller =
      noClasses()
          .that()
          .resideInAPackage("io.varve.web..")
          .and()
          .doNotHaveFullyQualifiedName("io.varve.web.auth.Callers")
          .and()
          .resideOutsideOfPackage("io.varve.web.demo..")
          .should()
          .callConstructorWhere(target(HasOwner.Predicates.With.owner(equivalentTo(Caller.class))));

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule everyCommandNamesItsPermission =
      classes()
          .that()
          .implement(Command.class)
          .and()
          .areRecords()
          .should()
          .beAnnotatedWith(Requires.class);

  @ArchTest
  static final ArchRule packagesAreCapabilitiesAndNotLayers =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..controller..",
              "..service..",
              "..services..",
              "..repository..",
              "..model..",
              "..dto..",
              "..util..",
              "..utils..",
              "..helper..",
              "..impl..");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .that(describe("are ours", type -> type.getPackageName().startsWith("io.varve")))
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  @ArchTest
  static void everyRefusalIsExplained(JavaClasses all) {
    List<String> unexplained =
        all.stream()
            .filter(type -> type.isAssignableTo(Refusal.class) && !type.isTopLevelClass())
            .map(JavaClass::reflect)
            .map(ArchitectureTest::codeOf)
            .flatMap(Optional::stream)
            .filter(code -> !ProblemCatalog.knows(code))
            .toList();
    assertThat(unexplained).isEmpty();
  }

  /** A scope is taken in one place: no other source says how. */
  @Test
  void noOtherModuleTakesARoleOrATenant() throws IOException {
    Pattern taking = Pattern.compile("set_config|set\\s+(local\\s+|session\\s+)?role|SET ROLE");
    for (String module : List.of("events", "command-side", "projections", "query-side", "web")) {
      Path sources = Path.of("..", module, "src", "main");
      try (Stream<Path> files = Files.walk(sources)) {
        assertThat(files.filter(Files::isRegularFile).filter(f -> taking.matcher(read(f)).find()))
            .isEmpty();
      }
    }
  }

  private static boolean applies(CodeUnitCallTarget called) {
    return called.getOwner().isEquivalentTo(AggregateLifecycle.class)
        && called.getName().equals("apply");
  }

  private static Optional<String> codeOf(Class<?> refusal) {
    try {
      var constructor = refusal.getDeclaredConstructor();
      constructor.setAccessible(true);
      return Optional.of(((Refusal) constructor.newInstance()).code());
    } catch (NoSuchMethodException needsArguments) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
