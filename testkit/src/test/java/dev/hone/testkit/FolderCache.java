package dev.hone.testkit;

import dev.hone.lm.LmResponse;
import dev.hone.lm.LmResponse.StopReason;
import dev.hone.lm.LmUsage;
import dev.hone.pipeline.LmCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A cache of one's own: a file for each reply, with its text only. */
record FolderCache(Path folder) implements LmCache {
  @Override
  public Optional<LmResponse> get(String key) {
    Path file = folder.resolve(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          LmResponse.builder()
              .text(String.join("\n", lines.subList(2, lines.size())))
              .stopReason(StopReason.valueOf(lines.get(0)))
              .usage(LmUsage.NONE)
              .modelId(lines.get(1))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String key, LmResponse response) {
    try {
      Path file = Files.createTempFile(folder, "reply", ".tmp");
      Files.write(file, List.of(response.stopReason().name(), response.modelId(), response.text()));
      Files.move(file, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
