package dev.hone.springboot;

import dev.hone.context.Context;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of Hone, where the application has Boot's health; {@code management.health.hone}. */
@AutoConfiguration(after = HoneAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("hone")
public class HoneHealthAutoConfiguration {
  /** Makes the configuration. */
  public HoneHealthAutoConfiguration() {}

  @Bean
  HoneHealthIndicator.LastCall honeLastCall() {
    return new HoneHealthIndicator.LastCall();
  }

  /** The health of the programs and of the model. */
  @Bean
  @ConditionalOnMissingBean
  HoneHealthIndicator honeHealthIndicator(
      Context context, LivePrograms programs, HoneHealthIndicator.LastCall lastCall) {
    return new HoneHealthIndicator(context, programs, lastCall);
  }
}
