package dev.hone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md. */
class ArchitectureTest {
  /** The packages in the order of the page; each imports only from those before it. */
  private static final List<String> ORDER =
      List.of(
          "dev.hone",
          "dev.hone.json",
          "dev.hone.observe",
          "dev.hone.signature",
          "dev.hone.lm",
          "dev.hone.adapter",
          "dev.hone.context",
          "dev.hone.program",
          "dev.hone.data",
          "dev.hone.evaluate");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void packagesImportOnlyFromThoseBeforeThem() {
    List<String> upward = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (ORDER.indexOf(target) > ORDER.indexOf(type.getPackageName())) {
          upward.add(dependency.getDescription());
        }
      }
    }

    assertThat(upward).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.hone.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Base|Manager|Helper|Util|Utils)(\\$.*)?")
        .check(CLASSES);
  }
}
