package dev.hone.springboot;

import dev.hone.context.ContextBuilder;

/** Changes the {@code Context} bean before it is made; beans of this type are asked in order. */
@FunctionalInterface
public interface HoneContextCustomizer {
  /** Changes the context, such as by prices or interceptors. */
  void customize(ContextBuilder context);
}
