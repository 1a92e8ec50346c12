package dev.hone.springai.client;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.program.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.template.TemplateRenderer;
import org.springframework.ai.template.st.StTemplateRenderer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts programs under the code that asks their prompts. It customizes the builder of a {@code
 * ChatClient}; as a bean of a Spring Boot application it customizes the builder that Boot makes.
 *
 * <pre>{@code
 * @Bean
 * TunedPrompts tuned() {
 *   return TunedPrompts.of(route, Compiled.load(route, Path.of("route.json")));
 * }
 * }</pre>
 *
 * <p>A call whose system text and user template are those of a program is answered by that program;
 * its requests go through the application's other advisors to its chat model, with the options,
 * tools, media and history of the call. Its {@code .entity(type)} gets the program's output, its
 * {@code .content()} the text. Every other call goes through as it is: one whose texts were changed
 * since the program was made, too, and one that sets a template renderer of its own or takes a
 * {@code Prompt} that was made elsewhere. A call that is streamed is answered in one piece.
 *
 * <p>Errors: where the chat model fails, its own exception; where its stream breaks off, {@link
 * dev.hone.lm.LmException.Unavailable}; where no reply can be read, that of the program. Retries
 * are those of the chat model. What is built is thread-safe; so is this.
 */
public final class TunedPrompts implements ChatClientBuilderCustomizer {
  private final Map<PromptShape, TunedPrompt> byShape;
  private final TemplateRenderer renderer;
  private final @Nullable Context context;

  /**
   * A program and what answers for it.
   *
   * @param program that of the prompt
   * @param tuned gives what runs now, for each call
   */
  record TunedPrompt(
      ChatClientProgram<?> program, Supplier<? extends Program<ObjectNode, ObjectNode>> tuned) {}

  private TunedPrompts(
      Map<PromptShape, TunedPrompt> byShape, TemplateRenderer renderer, @Nullable Context context) {
    this.byShape = byShape;
    this.renderer = renderer;
    this.context = context;
  }

  /**
   * One prompt, answered by what an optimizer made of it.
   *
   * @param program that of the prompt
   * @param tuned what an optimizer made of it, or this program itself
   */
  public static TunedPrompts of(
      ChatClientProgram<?> program, Program<ObjectNode, ObjectNode> tuned) {
    return none().with(program, tuned);
  }

  /** No prompt: every call goes through as it is. */
  public static TunedPrompts none() {
    return new TunedPrompts(Map.of(), StTemplateRenderer.builder().build(), null);
  }

  /**
   * A copy with one more prompt.
   *
   * @throws InvalidInputException if there is a program for this prompt already
   */
  public TunedPrompts with(ChatClientProgram<?> program, Program<ObjectNode, ObjectNode> tuned) {
    return with(program, () -> tuned);
  }

  /**
   * A copy with one more prompt, whose program may change while the application runs, such as one
   * that is loaded again.
   *
   * @param tuned is asked at each call
   * @throws InvalidInputException if there is a program for this prompt already
   */
  public TunedPrompts with(
      ChatClientProgram<?> program, Supplier<? extends Program<ObjectNode, ObjectNode>> tuned) {
    Map<PromptShape, TunedPrompt> more = new LinkedHashMap<>(byShape);
    if (more.put(program.shape(), new TunedPrompt(program, tuned)) != null) {
      throw InvalidInputException.of(
          "There are two programs for one prompt, %s".formatted(program), "leave one of them out");
    }
    return new TunedPrompts(Map.copyOf(more), renderer, context);
  }

  /**
   * A copy for an application that has a template renderer of its own on the builder, which this
   * one would replace. Default: Spring AI's, with braces.
   */
  public TunedPrompts renderedBy(TemplateRenderer value) {
    return new TunedPrompts(byShape, value, context);
  }

  /**
   * A copy whose programs run in a context: its adapter, budget, listeners and metadata; not its
   * model, which is the application's. Default: the context of the thread that asks.
   */
  public TunedPrompts in(Context value) {
    return new TunedPrompts(byShape, renderer, value);
  }

  /** Adds a template renderer, in place of the one that the builder has, and an advisor. */
  @Override
  public void customize(ChatClient.Builder builder) {
    RenderedTexts texts = new RenderedTexts(renderer);
    builder
        .defaultTemplateRenderer(texts)
        .defaultAdvisors(new ProgramAdvisor(byShape, texts, context));
  }

  @Override
  public String toString() {
    return "TunedPrompts" + byShape.values().stream().map(TunedPrompt::program).toList();
  }
}
