package dev.hone.optimize;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house, as docs/architecture.md has it: the stages of an optimizer, then the
 * optimizers.
 */
@Tag("once")
class ArchitectureTest {
  /** The packages in the order in which data flows; each imports only from those before it. */
  private static final List<String> ORDER =
      List.of(
          "dev.hone.optimize.journal",
          "dev.hone.optimize",
          "dev.hone.optimize.task",
          "dev.hone.optimize.verdict",
          "dev.hone.optimize.run",
          "dev.hone.optimize.candidate",
          "dev.hone.optimize.search",
          "dev.hone.optimize.search.schedule",
          "dev.hone.optimize.search.tpe",
          "dev.hone.optimize.search.racing.model",
          "dev.hone.optimize.search.racing",
          "dev.hone.optimize.choice",
          "dev.hone.optimize.bootstrap",
          "dev.hone.optimize.propose.choose",
          "dev.hone.optimize.propose",
          "dev.hone.optimize.log",
          "dev.hone.optimize.fewshot",
          "dev.hone.optimize.randomsearch",
          "dev.hone.optimize.ensemble",
          "dev.hone.optimize.knn",
          "dev.hone.optimize.copro",
          "dev.hone.optimize.mipro");

  private static final int MOST_FILES = 18;
  private static final int MOST_LINES = 300;

  private static final Path SOURCES = Path.of("src/main/java");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hone.optimize");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).filter(n -> !n.isEmpty()).distinct())
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
    slices().matching("dev.hone.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noRoomIsCrowded() throws IOException {
    try (Stream<Path> files = sources()) {
      Map<Path, Long> filesByRoom =
          files.collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
      filesByRoom.values().removeIf(count -> count <= MOST_FILES);

      assertThat(filesByRoom).isEmpty();
    }
  }

  @Test
  void noFileIsLong() throws IOException {
    List<Path> longFiles = new ArrayList<>();
    try (Stream<Path> files = sources()) {
      for (Path file : files.toList()) {
        if (Files.readAllLines(file).size() > MOST_LINES) {
          longFiles.add(file);
        }
      }
    }

    assertThat(longFiles).isEmpty();
  }

  private static Stream<Path> sources() throws IOException {
    return Files.walk(SOURCES)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("package-info.java"));
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Base|Manager|Helper|Util|Utils)(\\$.*)?")
        .check(CLASSES);
  }
}
