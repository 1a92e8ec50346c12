package dev.hone.context;

import static dev.hone.lm.FakeModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.FakeModel;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which metadata cached replies are kept apart. */
class CacheIsolationTest {
  private final List<LmRequest> asked = new ArrayList<>();
  private final LmPipeline shared =
      LmPipeline.builder(
              new FakeModel(
                  "fake",
                  r -> {
                    asked.add(r);
                    return FakeModel.reply("x");
                  }))
          .build();

  private void ask(String[] keys, String... metadata) {
    ContextBuilder builder = Context.builder().lm(shared);
    if (keys.length > 0) {
      builder.isolateCacheBy(keys);
    }
    for (int i = 0; i < metadata.length; i += 2) {
      builder.metadata(metadata[i], metadata[i + 1]);
    }
    builder.build().callModel(request("the same"));
  }

  @Test
  void keepsTenantsApartByDefaultUnderTheKeysOfBefore() {
    ask(new String[0], "tenant", "acme");
    ask(new String[0], "tenant", "umbrella");
    ask(new String[0], "tenant", "acme", "request", "2");

    assertThat(asked).extracting(LmRequest::cacheScope).containsExactly("acme", "umbrella");
  }

  /** S4: a tenant under a key that is nearly the documented one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant",
        "tenant_id",
        "tenantId",
        "Tenant",
        "TENANT_ID",
        "x-tenant",
        "tenant.name"
      })
  void keepsTenantsApartUnderEveryKeyThatNamesATenant(String key) {
    ask(new String[0], key, "acme");
    ask(new String[0], key, "umbrella");
    ask(new String[0], key, "acme", "request", "2");

    assertThat(asked).hasSize(2);
    assertThat(asked).extracting(LmRequest::cacheScope).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void letsAllShareWhereNoKeyNamesATenant() {
    ask(new String[0], "request", "1");
    ask(new String[0], "request", "2");
    ask(new String[0]);

    assertThat(asked).hasSize(1);
  }

  @Test
  void keepsApartByTheKeysThatAreNamed() {
    String[] keys = {"tenant_id", "region"};

    ask(keys, "tenant_id", "acme", "region", "eu");
    ask(keys, "tenant_id", "acme", "region", "us");
    ask(keys, "tenant_id", "acme", "region", "eu", "tenant", "whoever");
    ask(new String[] {"region", "tenant_id"}, "tenant_id", "acme", "region", "eu");

    assertThat(asked).hasSize(2);
  }

  @Test
  void neverMakesOneScopeOfDifferentValues() {
    Set<String> keys = Set.of("a", "b");

    assertThat(
            List.of(
                ContextParts.cacheScope(Map.of("a", "1"), keys),
                ContextParts.cacheScope(Map.of("b", "1"), keys),
                ContextParts.cacheScope(Map.of("a", "1", "b", "1"), keys),
                ContextParts.cacheScope(Map.of("a", "1, 1:b=1:1"), keys),
                ContextParts.cacheScope(Map.of("a", ""), keys),
                ContextParts.cacheScope(Map.of(), keys)))
        .doesNotHaveDuplicates()
        .last()
        .isEqualTo("");
  }
}
