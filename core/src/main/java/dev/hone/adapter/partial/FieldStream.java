package dev.hone.adapter.partial;

import dev.hone.adapter.Adapter;
import dev.hone.adapter.Adapter.ReplyForm;
import dev.hone.adapter.frame.HeaderNames;
import dev.hone.adapter.prose.OwnThoughts;
import dev.hone.adapter.turn.PromptText;
import dev.hone.context.Context;
import dev.hone.context.ContextKey;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ReplyListener;
import dev.hone.pipeline.flow.ToldReply;
import dev.hone.prompt.Prompt;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one call of a predictor while its replies arrive. Each further reply (a repair, the
 * next adapter) begins with nothing shown; what is shown at the end is what was read out of the
 * whole. Used on one thread.
 */
public final class FieldStream implements ReplyListener {
  private static final ContextKey<ToldReply.To> REPLIES = ContextKey.named("replies-told-to");
  private static final FieldStream NOBODY = new FieldStream(null, List.of());

  private final @Nullable ShownFields shown;
  private Runnable restart = () -> {};
  private Consumer<String> text = delta -> {};
  private Consumer<String> thinking = delta -> {};
  private @Nullable Consumer<String> arguments;

  private FieldStream(FieldSink.@Nullable Call sink, List<Field> outputs) {
    shown = sink == null ? null : new ShownFields(sink, outputs);
  }

  /** The stream of a call at which nobody looks. */
  public static FieldStream none() {
    return NOBODY;
  }

  /** The stream of a call that is about to be made, for whoever is bound to the context. */
  public static FieldStream of(Context context, String predictor, Signature<?, ?> signature) {
    return context
        .value(FieldSink.KEY)
        .map(sink -> sink.begin(predictor, signature))
        .map(call -> new FieldStream(call, signature.outputFields()))
        .orElse(NOBODY);
  }

  /** A context whose next call of the model is told here, if anybody looks. */
  public Context watching(Context context, Adapter adapter, Prompt prompt, LmRequest request) {
    if (shown == null) {
      return context;
    }
    shown.withdraw();
    boolean thinks = context.lm().capabilities().reasoning();
    restart = () -> begin(shown, adapter.replyForm(), prompt, request, thinks);
    restart.run();
    return context.with(REPLIES, new ToldReply.To(this));
  }

  private void begin(
      ShownFields to, ReplyForm form, Prompt prompt, LmRequest request, boolean thinks) {
    HeaderNames names = PromptText.of(prompt.signature()).names();
    boolean called = form == ReplyForm.ARGUMENTS && request.requiredTool().isPresent();
    arguments = called ? new JsonFields(to, names) : null;
    text = called ? delta -> {} : reader(to, form, prompt, names);
    thinking = thinks ? thoughts(to, prompt) : delta -> {};
  }

  private static Consumer<String> reader(
      ShownFields to, ReplyForm form, Prompt prompt, HeaderNames names) {
    if (prompt.callsByParts()) {
      Field thought = PromptText.of(prompt.signature()).calls().thought();
      return thought == null
          ? delta -> {}
          : new AfterThoughts(SectionFields.ofText(to, names, thought), false, names);
    }
    return switch (form) {
      case SECTIONS -> new AfterThoughts(new SectionFields(to, names), false, names);
      case JSON, ARGUMENTS -> new AfterThoughts(new JsonFields(to, names), false, names);
      case TAGS -> new AfterThoughts(new TagFields(to, names), true, names);
      case OTHER -> delta -> {};
    };
  }

  /** What a model thinks by itself, in place of outputs for reasoning that it is not asked for. */
  private static Consumer<String> thoughts(ShownFields to, Prompt prompt) {
    List<Field> outputs = prompt.signature().outputFields();
    List<Field> taken = outputs.stream().filter(OwnThoughts::isThought).toList();
    boolean own =
        taken.size() < outputs.size()
            && outputs.stream().noneMatch(field -> field.type() instanceof FieldType.Message);
    List<TextDeltas> texts =
        own ? taken.stream().map(field -> new TextDeltas(to, field, true)).toList() : List.of();
    return delta -> texts.forEach(each -> each.add(delta));
  }

  @Override
  public void onText(String delta) {
    read(text, delta);
  }

  @Override
  public void onThinking(String delta) {
    read(thinking, delta);
  }

  /** The arguments of the first call are the answer; where there are more, they are left alone. */
  @Override
  public void onToolCall(int index, String name, String delta) {
    Consumer<String> reader = arguments;
    if (reader != null && index == 0 && name.equals(PromptText.ANSWER_TOOL)) {
      read(reader, delta);
    }
  }

  private static void read(Consumer<String> reader, String delta) {
    try {
      reader.accept(delta);
    } catch (CancellationException e) {
      throw new LmException.Interrupted("The reading of a reply was interrupted", e);
    }
  }

  /** As long as nothing was shown, another reply may come in place of this one. */
  @Override
  public boolean restart() {
    if (shown == null || !shown.isEmpty()) {
      return false;
    }
    restart.run();
    return true;
  }

  /** Shows what remains of the outputs, which the call has ended with. */
  public void finish(ObjectNode outputs) {
    if (shown != null) {
      shown.finish(outputs);
    }
  }
}
