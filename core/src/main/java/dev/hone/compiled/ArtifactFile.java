package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes the file of an artifact. */
final class ArtifactFile {
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final String EXAMPLE = "program.json";

  /** As some editors leave it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ArtifactFile() {}

  /** Writes the file as a whole or not at all, see {@link WholeFile}. */
  static void write(Path file, String text) {
    try {
      named(file).write(text);
    } catch (UnwritableFileException e) {
      throw notWritable(file, e);
    }
  }

  /** Checks that the file can be written, and leaves nothing behind. */
  static Path requireWritable(Path file) {
    try {
      return named(file).requireWritable();
    } catch (UnwritableFileException e) {
      throw notWritable(file, e);
    }
  }

  private static WholeFile named(Path file) {
    if (file.toString().isBlank()) {
      throw new ArtifactException(
          Problem.NOT_WRITABLE,
          "\"" + file + "\"",
          "the program cannot be saved here: the path is blank. Maybe name a file, such as "
              + EXAMPLE
              + ".");
    }
    return new WholeFile(file, EXAMPLE);
  }

  private static ArtifactException notWritable(Path file, UnwritableFileException error) {
    return new ArtifactException(
        Problem.NOT_WRITABLE,
        file.toString(),
        "the program cannot be saved here: %s. Maybe %s.".formatted(error.problem(), error.fix()),
        error.getCause());
  }

  /** Reads the whole file, which may not be larger than a program can sensibly be. */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw notReadable(file, "it is a folder. Maybe name a file in it.", null);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw notReadable(
          file,
          "it is a device or a pipe, not a regular file. Maybe save it as a file first.",
          null);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ArtifactException(
            Problem.NOT_AN_ARTIFACT,
            file.toString(),
            String.format(
                    Locale.ROOT,
                    "the file has more than %,d bytes, the most for a saved program. Maybe it is another",
                    MAX_BYTES)
                + " file.");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ArtifactException(
          Problem.NOT_JSON,
          file.toString(),
          "the bytes are not UTF-8 text. Maybe it is another file.",
          e);
    } catch (NoSuchFileException e) {
      throw notReadable(
          file,
          "there is no such file. Maybe give its absolute path; this process runs in %s."
              .formatted(Path.of("").toAbsolutePath()),
          e);
    } catch (IOException e) {
      String problem = "it cannot be read: %s. Maybe check its path and permissions.";
      throw notReadable(file, problem.formatted(WholeFile.inWords(e)), e);
    }
  }

  private static ArtifactException notReadable(
      Path file, String message, @Nullable Throwable cause) {
    return new ArtifactException(Problem.NOT_READABLE, file.toString(), message, cause);
  }
}
