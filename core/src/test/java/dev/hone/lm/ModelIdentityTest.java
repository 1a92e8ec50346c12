package dev.hone.lm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelIdentityTest {
  private static final ModelIdentity ONE = ModelIdentity.of("m", "http://h", "sk-hunter2");

  @Test
  void equalsOnlyWithTheSameIdAddressCredentialAndVariant() {
    assertThat(ModelIdentity.of("m", "http://h", "sk-hunter2"))
        .isEqualTo(ONE)
        .hasSameHashCodeAs(ONE);
    assertThat(ONE)
        .isNotEqualTo(ModelIdentity.of("n", "http://h", "sk-hunter2"))
        .isNotEqualTo(ModelIdentity.of("m", "http://i", "sk-hunter2"))
        .isNotEqualTo(ModelIdentity.of("m", "http://h", "sk-hunter3"))
        .isNotEqualTo(ModelIdentity.of("m", "http://h", null))
        .isNotEqualTo(ONE.withVariant("json"));
    assertThat(ModelIdentity.of("m", "http://h", null))
        .isNotEqualTo(ModelIdentity.of("m", "http://h", ""));
  }

  @Test
  void neverShowsTheCredential() {
    assertThat(ONE).hasToString("ModelIdentity[m at http://h]");
    assertThat(ONE).hasNoNullFieldsOrProperties();
    assertThat(ModelIdentity.class.getDeclaredFields())
        .allSatisfy(
            field -> {
              field.setAccessible(true);
              assertThat(String.valueOf(field.get(ONE))).doesNotContain("hunter2");
            });
  }
}
