package dev.hone.examples.service;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A compiled program that is loaded once, and again when its file has changed: Hone writes such a
 * file as a whole, so that it is never seen half. Thread-safe.
 */
final class TenantArtifact<I, O> {
  private final Program<I, O> program;
  private final Path file;
  private volatile @Nullable Loaded<I, O> loaded;

  private record Stamp(Object fileKey, long modifiedNanos, long size) {}

  private record Loaded<I, O>(Stamp stamp, Compiled<I, O> program) {}

  TenantArtifact(Program<I, O> program, Path file) {
    this.program = program;
    this.file = file;
  }

  /**
   * The program as the file has it now.
   *
   * @throws dev.hone.compiled.ArtifactException if the file is damaged, or of another program
   */
  Compiled<I, O> current() {
    Stamp stamp = stamp();
    Loaded<I, O> known = loaded;
    return known != null && known.stamp().equals(stamp) ? known.program() : load(stamp);
  }

  private synchronized Compiled<I, O> load(Stamp stamp) {
    Loaded<I, O> known = loaded;
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Loaded<>(stamp, Compiled.load(program, file));
      loaded = known;
    }
    return known.program();
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          String.valueOf(now.fileKey()),
          now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          now.size());
    } catch (IOException e) {
      throw new InvalidInputException(
          "The program %s cannot be read. Maybe it was not deployed for this tenant."
              .formatted(file),
          e);
    }
  }
}
