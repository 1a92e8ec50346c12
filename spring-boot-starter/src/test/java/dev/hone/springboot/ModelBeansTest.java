package dev.hone.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.RetrySettings;
import dev.hone.testkit.ScriptedModel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModelBeansTest {
  private static final ScriptedModel MODEL = ScriptedModel.answering(request -> "yes");

  /** Is answered by a batch API. */
  private static final class Batched implements LanguageModel {
    @Override
    public LmResponse call(LmRequest request) {
      return MODEL.call(request);
    }

    @Override
    public String id() {
      return "batched";
    }

    @Override
    public boolean isBatched() {
      return true;
    }
  }

  @Test
  void onePropertyOfRetriesLeavesTheOthersAsTheModelsPipelineHasThem() {
    HoneProperties.Retry six = new HoneProperties.Retry(6, null, null, null, null);

    RetrySettings single = ModelBeans.retry(MODEL, six);
    RetrySettings batched = ModelBeans.retry(new Batched(), six);

    assertThat(single.maxAttempts()).isEqualTo(6);
    assertThat(single.totalTime()).isEqualTo(RetrySettings.defaults().totalTime());
    assertThat(batched.maxAttempts()).isEqualTo(6);
    assertThat(batched.totalTime()).isEqualTo(Duration.ofDays(365));
  }
}
