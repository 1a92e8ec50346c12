package dev.hone.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.json.Json;
import dev.hone.lm.Capabilities;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmOptions;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What adapters keep of signatures is gone with them: a service may make one for each request. */
class FreedSignaturesTest {
  private static final int MOST_COLLECTIONS = 100;

  static Stream<Adapter> adapters() {
    return Stream.of(
        Adapter.chat(),
        Adapter.json(),
        Adapter.xml(),
        Adapter.functions(),
        Adapter.twoStep(FakeModel.saying("Paris")));
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void noAdapterHoldsASignatureThatNobodyUses(Adapter adapter) {
    WeakReference<Signature<?, ?>> plain = used(adapter, "question -> answer");
    WeakReference<Signature<?, ?>> thinking = used(adapter, "question -> why: reasoning, answer");

    for (int i = 0; i < MOST_COLLECTIONS && !(isFree(plain) && isFree(thinking)); i++) {
      System.gc();
    }

    assertThat(plain.get()).isNull();
    assertThat(thinking.get()).isNull();
  }

  private static boolean isFree(WeakReference<Signature<?, ?>> signature) {
    return signature.get() == null;
  }

  private static WeakReference<Signature<?, ?>> used(Adapter adapter, String form) {
    Signature<?, ?> signature = Signature.parse(form);
    Prompt prompt =
        Prompt.of(signature, "Answer.", List.of(), Json.object().put("question", "Where?"));
    assertThat(adapter.render(prompt, LmOptions.defaults(), Capabilities.TEXT)).isNotNull();
    adapter.secondCall(prompt, FakeModel.reply("Paris"));
    try {
      assertThat(adapter.parse(prompt, FakeModel.reply("{\"why\": \"x\", \"answer\": \"Paris\"}")))
          .isNotNull();
    } catch (ReplyFormatException e) {
      assertThat(e).hasMessageContaining("answer");
    }
    return new WeakReference<>(signature);
  }
}
