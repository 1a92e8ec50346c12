package dev.hone.springboot;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Observations of predictors and model calls, where the application has a registry of them. */
@AutoConfiguration(
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnProperty(name = "hone.observation.enabled", matchIfMissing = true)
public class HoneObservationAutoConfiguration {
  /** Makes the configuration. */
  public HoneObservationAutoConfiguration() {}

  @Bean
  @ConditionalOnBean(ObservationRegistry.class)
  HoneObservations honeObservations(ObservationRegistry registry, HoneProperties properties) {
    return new HoneObservations(registry, properties.observation().content());
  }
}
