package dev.hone.optimize;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone.optimize");

  @Test
  void stagesImportOnlyWhatComesBeforeThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.hone.optimize..")
        .layer("shared")
        .definedBy("dev.hone.optimize")
        .layer("search")
        .definedBy("dev.hone.optimize.search..")
        .layer("bootstrap")
        .definedBy("dev.hone.optimize.bootstrap..")
        .layer("propose")
        .definedBy("dev.hone.optimize.propose..")
        .whereLayer("shared")
        .mayNotAccessAnyLayer()
        .whereLayer("search")
        .mayNotAccessAnyLayer()
        .whereLayer("bootstrap")
        .mayOnlyAccessLayers("shared")
        .whereLayer("propose")
        .mayOnlyAccessLayers("shared", "bootstrap")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.hone.(**)")
        .should()
        .beFreeOfCycles()
        // A part of search, whose factory makes it.
        .ignoreDependency(
            resideInAPackage("dev.hone.optimize.search"),
            resideInAPackage("dev.hone.optimize.search.racing"))
        .check(CLASSES);
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Base|Manager|Helper|Util|Utils)(\\$.*)?")
        .check(CLASSES);
  }
}
