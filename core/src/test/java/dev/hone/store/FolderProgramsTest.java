package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Predict;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class FolderProgramsTest {
  private static final String MODEL = "openai-compatible:org/tiny@http://h/v1";
  private static final DynamicPredict PROGRAM = Predict.of("question -> answer", "Answer.");

  @TempDir private Path folder;
  private FolderPrograms programs;

  @BeforeEach
  void open() {
    programs = FolderPrograms.of(folder.resolve("programs"));
  }

  private static Compiled<ObjectNode, ObjectNode> saying(String instructions) {
    return Compiled.of(Predict.of("question -> answer", instructions));
  }

  private String inUse(ProgramSource source, String model) {
    return source.load(PROGRAM, "ask", model).state().of("self").instructions();
  }

  @Test
  void countsVersionsAndUsesTheLast() {
    assertThat(programs.put("ask", MODEL, saying("First.")).number()).isEqualTo(1);
    assertThat(programs.put("ask", MODEL, saying("Second.")).number()).isEqualTo(2);

    assertThat(inUse(programs, MODEL)).isEqualTo("Second.");
    assertThat(programs.versions("ask"))
        .containsExactly(new ProgramVersion("ask", MODEL, 1), new ProgramVersion("ask", MODEL, 2));
  }

  @Test
  void goesBackAndOnWithANewNumber() {
    programs.put("ask", MODEL, saying("First."));
    programs.put("ask", MODEL, saying("Second."));

    assertThat(programs.rollback("ask", MODEL).number()).isEqualTo(1);
    assertThat(inUse(programs, MODEL)).isEqualTo("First.");
    assertThatThrownBy(() -> programs.rollback("ask", MODEL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is the first");
    assertThat(programs.put("ask", MODEL, saying("Third.")).number()).isEqualTo(3);
    assertThat(inUse(programs, MODEL)).isEqualTo("Third.");
    programs.use(new ProgramVersion("ask", MODEL, 2));
    assertThat(inUse(programs, MODEL)).isEqualTo("Second.");
  }

  @Test
  void aModelWithoutOneOfItsOwnGetsTheOneForAll() {
    programs.put("ask", "", saying("For all."));
    programs.put("ask", MODEL, saying("For one."));

    assertThat(inUse(programs, "another")).isEqualTo("For all.");
    assertThat(inUse(programs, MODEL)).isEqualTo("For one.");
    assertThatThrownBy(() -> programs.rollback("ask", "another"))
        .hasMessageContaining("no program \"ask\" of its own for another");
  }

  @Test
  void saysWhatThereIsInPlaceOfWhatIsNotThere() {
    programs.put("ask", MODEL, saying("First."));

    assertThat(programs.current("other", MODEL)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> programs.load(PROGRAM, "ask", "gpt"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no program \"ask\" for gpt")
        .hasMessageContaining("ask version 1 for " + MODEL);
    assertThatThrownBy(() -> programs.read(new ProgramVersion("ask", MODEL, 9)))
        .hasMessageContaining("no ask version 9")
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", ".hidden", "a b", "/etc"})
  void takesNoNameThatLeadsElsewhere(String name) {
    assertThatThrownBy(() -> programs.put(name, MODEL, saying("x")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("program's name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../etc", ".", "a/../b", "c:\\x", "@any", "*", "ü ß"})
  void aModelsIdStaysWithinItsFolder(String model) throws IOException {
    programs.put("ask", model, saying("Here."));

    assertThat(inUse(programs, model)).isEqualTo("Here.");
    assertThat(programs.versions("ask")).containsExactly(new ProgramVersion("ask", model, 1));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void manyThreadsLoseNoVersion() {
    IntStream.range(0, 12)
        .parallel()
        .forEach(
            i -> FolderPrograms.of(folder.resolve("programs")).put("ask", "", saying("x" + i)));

    assertThat(programs.versions("ask")).hasSize(12);
    assertThat(programs.versions("ask").stream().map(v -> programs.read(v).toString()).distinct())
        .hasSize(12);
  }

  @Test
  void theFolderIsReadFromTheClassPath() throws IOException {
    programs.put("ask", MODEL, saying("First."));
    programs.put("ask", MODEL, saying("Second."));

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      ResourcePrograms packed = ResourcePrograms.of(loader, "/programs/", MODEL);

      assertThat(inUse(packed, MODEL)).isEqualTo("Second.");
      assertThat(packed.versions("ask")).isEqualTo(programs.versions("ask"));
      assertThat(packed.current("ask", "another")).isEmpty();
      assertThatThrownBy(() -> packed.read(new ProgramVersion("ask", MODEL, 9)))
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void aVersionThatWasNeverWrittenIsNone() throws IOException {
    programs.put("ask", "", saying("First."));
    programs.put("ask", "", saying("Second."));
    Files.createFile(folder.resolve("programs/ask/@any/0003.json"));

    assertThat(programs.versions("ask")).hasSize(2);
    assertThat(programs.put("ask", "", saying("Fourth.")).number()).isEqualTo(4);
    assertThat(programs.rollback("ask", "").number()).isEqualTo(2);
    assertThatThrownBy(() -> programs.use(new ProgramVersion("ask", "", 3)))
        .hasMessageContaining("There is no ask version 3");
  }

  @Test
  void saysThatAFileIsDamaged() throws IOException {
    programs.put("ask", "", saying("First."));
    Files.writeString(folder.resolve("programs/ask/@any/0001.json"), "{\"format\":");

    assertThatThrownBy(() -> programs.load(PROGRAM, "ask", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0001.json is no JSON");
  }
}
