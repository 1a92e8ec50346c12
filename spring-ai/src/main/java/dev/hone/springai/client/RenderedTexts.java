package dev.hone.springai.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.template.TemplateRenderer;

/**
 * Renders templates as another renderer does, and remembers of each text what it was made of, as
 * long as the text is in use: so a prompt that is on its way still has its variables. Texts are
 * told by identity, since two templates may give equal ones. Thread-safe.
 */
final class RenderedTexts implements TemplateRenderer {
  private final TemplateRenderer renderer;
  private final Cache<String, Rendering> byText = Caffeine.newBuilder().weakKeys().build();

  RenderedTexts(TemplateRenderer renderer) {
    this.renderer = renderer;
  }

  /**
   * What a text was made of.
   *
   * @param template the template
   * @param variables the values by their names
   */
  record Rendering(String template, Map<String, @Nullable Object> variables) {}

  @Override
  public String apply(String template, Map<String, ? extends @Nullable Object> variables) {
    String text = new String(renderer.apply(template, variables).toCharArray());
    byText.put(text, new Rendering(template, new HashMap<>(variables)));
    return text;
  }

  /** What made a text; empty for one that this did not render, or that was changed since. */
  Optional<Rendering> of(String text) {
    return Optional.ofNullable(byText.getIfPresent(text));
  }
}
