package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelIdentity;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planted key is searched for in every byte that a cache leaves behind. */
class NoSecretOnDiskTest {
  private static final String KEY = "sk-planted-4f9a1c77d2";
  private static final String TENANT = "tenant-of-somebody-else";
  private static final String QUESTION = "a question that nobody else may read";

  @TempDir private Path folder;
  private final ScriptedModel scripted = ScriptedModel.answering(request -> "fine");

  private static final class KeyedModel extends ForwardingLanguageModel {
    private final ModelIdentity identity;

    private KeyedModel(ScriptedModel model, String address, String key) {
      super(model);
      identity = ModelIdentity.of(model.id(), address, key);
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return Optional.of(identity);
    }
  }

  private void ask(SqliteCache cache, String address, String key) {
    LmRequest request = LmRequest.of(LmMessage.user(QUESTION)).withCacheScope(TENANT);
    LmPipeline.builder(new KeyedModel(scripted, address, key)).cache(cache).build().call(request);
  }

  @Test
  void leavesNoCredentialTenantOrQuestionInAnyFile() throws IOException {
    try (SqliteCache cache = SqliteCache.open(folder.resolve("replies.db"))) {
      ask(cache, "https://host/v1?user=" + KEY, KEY);
      cache.export(folder.resolve("export.jsonl"));

      assertNowhere(KEY, TENANT, QUESTION, Json.sha256(KEY), "host/v1");
    }
    assertNowhere(KEY, TENANT, QUESTION, Json.sha256(KEY), "host/v1");
  }

  private void assertNowhere(String... secrets) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      assertThat(regular).hasSizeGreaterThanOrEqualTo(3);
      for (Path file : regular) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(file.toString()).doesNotContain(secrets);
      }
    }
  }

  @Test
  void oneCredentialNeverGetsTheRepliesOfAnother() {
    try (SqliteCache cache = SqliteCache.open(folder.resolve("replies.db"))) {
      ask(cache, "https://host/v1", KEY);
      ask(cache, "https://host/v1", KEY);
      assertThat(scripted.calls()).isEqualTo(1);

      ask(cache, "https://host/v1", "another key");
      assertThat(scripted.calls()).isEqualTo(2);

      ask(cache, "https://other/v1", KEY);
      assertThat(scripted.calls()).isEqualTo(3);
    }
    try (SqliteCache cache = SqliteCache.open(folder.resolve("replies.db"))) {
      ask(cache, "https://host/v1", KEY);
      assertThat(scripted.calls()).isEqualTo(3);
    }
  }
}
