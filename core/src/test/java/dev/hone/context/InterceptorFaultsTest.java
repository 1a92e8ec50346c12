package dev.hone.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.lm.FakeModel;
import dev.hone.lm.LmException;
import org.junit.jupiter.api.Test;

/** Interceptors that throw what no compiler lets them throw, and metadata that is not there. */
class InterceptorFaultsTest {
  private static Context with(Throwable error) {
    return FakeModel.saying("x").context().toBuilder()
        .interceptor((request, metadata) -> InterceptorFaultsTest.<RuntimeException>sneak(error))
        .build();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void sneak(Throwable error) throws E {
    throw (E) error;
  }

  @Test
  void anInterruptInAnInterceptorIsNoVeto() {
    assertThatThrownBy(() -> with(new InterruptedException()).ask("a", "b"))
        .isInstanceOf(LmException.Interrupted.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> with(new LmException.Interrupted("stop", null)).ask("a", "b"))
        .isInstanceOf(LmException.Interrupted.class)
        .hasMessage("stop");
  }

  @Test
  void aVetoWithoutAMessageSaysWhatWasThrown() {
    assertThatThrownBy(() -> with(new StackOverflowError()).ask("a", "b"))
        .isInstanceOf(LmException.Vetoed.class)
        .hasMessage("An interceptor vetoed the call: java.lang.StackOverflowError");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void refusesMetadataThatAreNull() {
    assertThatThrownBy(() -> Context.builder().metadata(Context.TENANT, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metadata.tenant is null");
  }
}
