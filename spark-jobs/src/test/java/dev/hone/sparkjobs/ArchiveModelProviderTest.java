package dev.hone.sparkjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LanguageModel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ArchiveModelProviderTest {
  private static ObjectNode answer(String text) {
    Context context = Context.builder().lm(LanguageModel.named(ArchiveModelProvider.NAME)).build();
    return context.call(() -> Archive.compiled().run(Json.object().put("text", text)));
  }

  @Test
  void answersByWhatTheMessageSays() {
    assertThat(answer("message 30 about parcels"))
        .isEqualTo(Json.object().put("topic", "delivery").put("urgent", true));
    assertThat(answer("message 31 about invoices"))
        .isEqualTo(Json.object().put("topic", "billing").put("urgent", false));
  }
}
