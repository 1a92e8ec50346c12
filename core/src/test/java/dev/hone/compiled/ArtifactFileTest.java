package dev.hone.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.file.WholeFile;
import dev.hone.program.Predict;
import dev.hone.program.Programs;
import dev.hone.program.Programs.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Places where a program cannot be saved or read. */
class ArtifactFileTest {
  @TempDir private Path folder;

  private final Predict<Question, ?> program = Programs.answerer("Answer.");
  private final Compiled<Question, ?> compiled =
      Compiled.of(program, Programs.state("self", "Learnt."), Programs.provenance());

  private void cannotSave(Path file, String... parts) {
    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> compiled.save(file));
    assertThat(error.problem()).isEqualTo(Problem.NOT_WRITABLE);
    assertThat(error)
        .hasMessageContainingAll(parts)
        .hasMessageContainingAll("cannot be saved here", ". Maybe ")
        .hasMessageNotContainingAny("java.io", "java.nio", "Exception", "..");
  }

  @Test
  void saysInWordsWhyItCannotSave() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "x");

    cannotSave(folder, folder.toString(), "it is a folder", "Maybe name a file in it");
    cannotSave(Path.of("/"), "it is a folder");
    cannotSave(taken.resolve("a.json"), taken + " is a file, not a folder");
    cannotSave(taken.resolve("b/a.json"), taken.toString());
    cannotSave(Path.of(""), "\"\": ", "the path is blank", "program.json");
    cannotSave(Path.of("  "), "\"  \": ", "the path is blank");
    cannotSave(folder.resolve("n".repeat(300)), "name too long");
    cannotSave(Path.of(URI.create("jrt:/java.base/program.json")), "the file system is read-only");
    assertThat(taken).hasContent("x");
    assertThat(files()).containsExactly(taken);
  }

  @Test
  void keepsTheFileThatIsThereWhereTheNewOneCannotBeWritten() throws IOException {
    Path module = Path.of(URI.create("jrt:/java.base/module-info.class"));
    byte[] before = Files.readAllBytes(module);

    cannotSave(module, "the file is write-protected");

    assertThat(Files.readAllBytes(module)).isEqualTo(before);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void writesWhereALinkLeadsAndKeepsTheLink() throws IOException {
    Path target = Files.writeString(folder.resolve("target.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), Path.of("target.json"));
    Path toLink = Files.createSymbolicLink(folder.resolve("to-link.json"), link);
    Path toNew = Files.createSymbolicLink(folder.resolve("new.json"), Path.of("made/new.json"));

    compiled.save(toLink);
    compiled.save(toNew);

    assertThat(link).isSymbolicLink();
    assertThat(toLink).isSymbolicLink();
    assertThat(target).isRegularFile();
    assertThat(Compiled.load(program, target).state()).isEqualTo(compiled.state());
    assertThat(toNew).isSymbolicLink();
    assertThat(Compiled.load(program, folder.resolve("made/new.json")).state())
        .isEqualTo(compiled.state());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesLinksInACircle() throws IOException {
    Path link = folder.resolve("a.json");
    Files.createSymbolicLink(link, folder.resolve("b.json"));
    Files.createSymbolicLink(folder.resolve("b.json"), link);

    cannotSave(link, "its links lead in a circle");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void leavesAPipeAlone() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), pipe);

    cannotSave(pipe, "it is a device or a pipe, not a regular file. Maybe choose another name");
    cannotSave(link, "it is a device or a pipe, not a regular file");

    BasicFileAttributes left = Files.readAttributes(pipe, BasicFileAttributes.class);
    assertThat(left.isOther()).isTrue();
    assertThat(files()).containsExactlyInAnyOrder(pipe, link);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void keepsThePermissionsOfTheFileThatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "old");
    for (String permissions : List.of("rw-rw-rw-", "rw-------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

      compiled.save(file);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(permissions);
    }
  }

  @Test
  void leavesOnlyTheFileBehindAndMakesFolders() throws IOException {
    Path file = folder.resolve("a/b/program.json");
    compiled.save(file);
    compiled.save(file);

    assertThat(Compiled.load(program, file).state()).isEqualTo(compiled.state());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void hasWordsForWhatTheFileSystemSays() {
    assertThat(WholeFile.inWords(new AccessDeniedException("/x")))
        .isEqualTo("this process has no permission");
    assertThat(WholeFile.inWords(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(WholeFile.inWords(new IOException())).isEqualTo("the file system refused it");
  }

  @Test
  void saysInWordsWhyItCannotRead() {
    ArtifactException error =
        catchThrowableOfType(ArtifactException.class, () -> Compiled.load(program, folder));

    assertThat(error.problem()).isEqualTo(Problem.NOT_READABLE);
    assertThat(error).hasMessage(folder + ": it is a folder. Maybe name a file in it.");
  }

  /** Opening a pipe for reading would wait for its writer, for good. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void refusesToReadAPipeOrADevice() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), pipe);

    for (Path file : List.of(pipe, link, Path.of("/dev/null"), Path.of("/dev/zero"))) {
      ArtifactException error =
          catchThrowableOfType(ArtifactException.class, () -> Compiled.load(program, file));
      assertThat(error.problem()).isEqualTo(Problem.NOT_READABLE);
      assertThat(error).hasMessageStartingWith(file + ": it is a device or a pipe, not a regular");
    }
  }

  /** Where standard output is a file, replacing it would lose what was said before and after. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesToReplaceAnOpenStream() throws IOException {
    String problem = "it is an open stream, not a regular file. Maybe choose another name";
    Path said = Files.writeString(folder.resolve("said.txt"), "said before");
    try (var open = Files.newInputStream(said);
        Stream<Path> streams = Files.list(Path.of("/proc/self/fd"))) {
      Path stream = streams.filter(fd -> leadsTo(fd, said)).findFirst().orElseThrow();
      Path link = Files.createSymbolicLink(folder.resolve("link.json"), stream);

      cannotSave(stream, problem);
      cannotSave(link, problem);
      cannotSave(Path.of("/dev/stdout"), problem);
      cannotSave(Path.of("/dev/fd/1"), problem);
      assertThat(open.read()).isEqualTo('s');
    }
    assertThat(said).hasContent("said before");
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.isSameFile(link, file);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void savesWhatWasFoundBeforeAnInterrupt() {
    Path file = folder.resolve("found.json");

    Thread.currentThread().interrupt();
    compiled.save(file);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Compiled.load(program, file).state()).isEqualTo(compiled.state());
  }

  @Test
  void readsAFileThatAnEditorGaveAByteOrderMark() throws IOException {
    Path file = folder.resolve("marked.json");
    compiled.save(file);
    Files.writeString(file, "\uFEFF" + Files.readString(file));

    assertThat(Compiled.load(program, file).state()).isEqualTo(compiled.state());
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    }
  }
}
