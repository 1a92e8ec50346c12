package dev.hone.sqlite;

import dev.hone.file.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a cache: makes it, opens it, and sets aside under another name what stands in its
 * place and is damaged or not ours, with a warning. Nothing is ever deleted or overwritten. All of
 * this under a lock between processes and threads, in the file's name with {@code .lock}.
 *
 * @param path where the file is
 * @param clock gives the time in names of what is set aside
 * @param busyMillis how long a writer waits for another one
 */
record CacheFile(Path path, Clock clock, int busyMillis) {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFile.class);
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * A file that was opened.
   *
   * @param identity what tells the file from one that takes its place; null where systems have none
   * @param aside where what stood in its place is now, if something did
   */
  record Opened(ReplyStore store, @Nullable Object identity, Optional<Path> aside) {}

  /**
   * Opens the file, and makes it if need be.
   *
   * @throws SqliteCacheException if that is impossible, or a newer Hone wrote it
   */
  Opened open() {
    return locked(() -> opened(setAsideIfNotOurs(), newSecret()));
  }

  /**
   * Opens the file anew after it was found to be damaged; sets it aside, unless another process has
   * done so.
   *
   * @param damaged the file that is damaged, which is closed by now
   */
  Opened reopen(Opened damaged, SQLException error) {
    return locked(
        () -> {
          boolean there = Files.exists(path);
          boolean same =
              there && (damaged.identity() == null || damaged.identity().equals(identity()));
          return opened(
              same ? setAside("is damaged: " + error.getMessage()) : Optional.empty(),
              damaged.store().secret());
        });
  }

  /** Opens the file, or makes one under a secret; that of a damaged one goes on to be used. */
  private Opened opened(Optional<Path> aside, byte[] secret) throws IOException, SQLException {
    create(secret);
    try {
      return new Opened(ReplyStore.open(path, busyMillis), identity(), aside);
    } catch (SQLException e) {
      boolean broken = SqliteCacheException.isDamage(e) || isIncomplete(e);
      if (!broken) {
        throw e;
      }
      Optional<Path> moved = setAside("is damaged: " + e.getMessage());
      create(secret);
      return new Opened(ReplyStore.open(path, busyMillis), identity(), moved);
    }
  }

  private static boolean isIncomplete(SQLException error) {
    return String.valueOf(error.getMessage()).contains("no such table");
  }

  private static byte[] newSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** A file that nobody sees before it is complete. */
  private void create(byte[] secret) throws IOException, SQLException {
    if (header().kind() != FileHeader.Kind.NONE) {
      PrivateFiles.close(path);
      return;
    }
    Path unfinished = path.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      PrivateFiles.createFile(unfinished);
      ReplyStore.create(unfinished, secret);
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Optional<Path> setAsideIfNotOurs() throws IOException {
    if (Files.isDirectory(path)) {
      throw SqliteCacheException.of(
          "The reply cache %s is a folder".formatted(path),
          "name a file in it, such as replies.db",
          null);
    }
    FileHeader header = header();
    if (header.format() > ReplyStore.FORMAT) {
      throw SqliteCacheException.of(
          "The reply cache %s has format %d, expected %d or less: a newer Hone wrote it"
              .formatted(path, header.format(), ReplyStore.FORMAT),
          "update Hone, or choose another file",
          null);
    }
    return switch (header.kind()) {
      case OURS -> Optional.empty();
      case FOREIGN -> setAside("is the database of another program");
      case OTHER -> setAside("is no database");
      case NONE -> leftovers() ? setAside("is missing, and parts of it are not") : Optional.empty();
    };
  }

  /**
   * Not read where this process has the file open: to close a file ends all of a process's locks on
   * it, SQLite's too, and then other processes take it for free.
   */
  private FileHeader header() throws IOException {
    return Files.exists(path) && ReplyStore.isOpenHere(path)
        ? new FileHeader(FileHeader.Kind.OURS, ReplyStore.FORMAT)
        : FileHeader.of(path);
  }

  private boolean leftovers() {
    return Files.exists(beside(path, "-wal")) || Files.exists(beside(path, "-journal"));
  }

  /** Gives the file and what belongs to it another name, which no file has. */
  private Optional<Path> setAside(String why) throws IOException {
    String time = TIME.format(clock.instant());
    Path aside = beside(path, ".aside-" + time);
    for (int i = 2; isTaken(aside); i++) {
      aside = beside(path, ".aside-" + time + "-" + i);
    }
    for (String suffix : SUFFIXES) {
      if (Files.exists(beside(path, suffix))) {
        Files.move(beside(path, suffix), beside(aside, suffix));
      }
    }
    LOG.warn(
        "The reply cache {} {}. It was set aside as {}, and a new one begun. Maybe delete that file"
            + " once nothing in it is of use.",
        path,
        why,
        aside);
    return Optional.of(aside);
  }

  private static boolean isTaken(Path aside) {
    return SUFFIXES.stream().anyMatch(suffix -> Files.exists(beside(aside, suffix)));
  }

  private static Path beside(Path file, String suffix) {
    return suffix.isEmpty() ? file : file.resolveSibling(file.getFileName() + suffix);
  }

  private @Nullable Object identity() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @FunctionalInterface
  private interface Opening {
    Opened open() throws IOException, SQLException;
  }

  private Opened locked(Opening opening) {
    IN_PROCESS.lock();
    boolean interrupted = Thread.interrupted(); // it would close the channel under the lock
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        PrivateFiles.createFolders(folder);
      }
      Path lock = beside(path, ".lock");
      PrivateFiles.createFile(lock);
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        channel.lock();
        return opening.open();
      }
    } catch (IOException e) {
      throw SqliteCacheException.of(
          "The reply cache %s cannot be opened: %s".formatted(path, WholeFile.inWords(e)),
          "choose another folder",
          e);
    } catch (SQLException e) {
      throw SqliteCacheException.of(path, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      IN_PROCESS.unlock();
    }
  }
}
