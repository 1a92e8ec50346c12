package dev.hone.stream;

import dev.hone.InvalidInputException;
import dev.hone.adapter.partial.FieldSink;
import dev.hone.compiled.Compiled;
import dev.hone.context.Context;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.text.NearestName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A program that tells its fields while the replies to its predictors arrive. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Reply reply = ProgramStream.of(program).run(ticket, part -> {
 *   if (part instanceof StreamPart.FieldText text) {
 *     System.out.print(text.delta());
 *   }
 * });
 * }</pre>
 *
 * <p>What it returns is what the program returns. A text is told in stretches, any other value once
 * it is whole, as soon as the reply leaves no doubt; what turns out to be wrong all the same is
 * {@linkplain StreamPart.Withdrawn withdrawn}. Of a reply that comes from a cache, of a model that
 * does not stream, and of an adapter of your own that does not say its {@link
 * dev.hone.adapter.Adapter#replyForm}, all is told at once. All predictors are told of: those of
 * programs within, of agents, of other contexts that are bound within, and of what is run again.
 *
 * <p>Cost: the calls of the program. A reply that breaks off is asked for again only as long as
 * nothing of it was told; then the run fails with {@link dev.hone.lm.LmException.StreamBroken}.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class ProgramStream<I, O> {
  /** The names in a program that is one predictor. */
  private static final Set<String> ALONE = Set.of("self");

  private final Program<I, O> program;
  private final @Nullable ProgramRunner<I, O> runner;
  private final @Nullable Set<String> fields;
  private final @Nullable Set<String> predictors;

  private ProgramStream(
      Program<I, O> program,
      @Nullable ProgramRunner<I, O> runner,
      @Nullable Set<String> fields,
      @Nullable Set<String> predictors) {
    this.program = program;
    this.runner = runner;
    this.fields = fields;
    this.predictors = predictors;
  }

  /**
   * Streams a program; calls nothing.
   *
   * @throws InvalidInputException if the program is null
   */
  public static <I, O> ProgramStream<I, O> of(Program<I, O> program) {
    if (program == null) {
      throw InvalidInputException.of(
          "The program to stream is null", "pass a predictor or a class that implements Program");
    }
    return new ProgramStream<>(program, runner(program), null, null);
  }

  /**
   * A program whose predictors cannot be found, as in a lambda, is streamed without their names.
   */
  private static <I, O> @Nullable ProgramRunner<I, O> runner(Program<I, O> program) {
    try {
      return new ProgramRunner<>(program);
    } catch (InvalidInputException e) {
      return null;
    }
  }

  /**
   * A copy that tells of these fields only, of whichever predictor, and when it has finished.
   *
   * @throws InvalidInputException if the program is one predictor without such an output, or the
   *     name is that of an output misspelt
   */
  public ProgramStream<I, O> fields(String... names) {
    Map<String, Predict<?, ?>> known = known();
    Set<String> outputs = new LinkedHashSet<>();
    known
        .values()
        .forEach(each -> each.signature().outputFields().forEach(of -> outputs.add(of.name())));
    requireKnown("output field", names, outputs);
    return new ProgramStream<>(program, runner, Set.of(names), predictors);
  }

  /**
   * A copy that tells of these predictors only, by their names in the program. A compiled program
   * within has names of its own; a predictor that cannot be found has the empty one.
   *
   * @throws InvalidInputException if the program is one predictor of another name, or the name is
   *     that of a predictor misspelt
   */
  public ProgramStream<I, O> predictors(String... names) {
    requireKnown("predictor", names, known().keySet());
    return new ProgramStream<>(program, runner, fields, Set.of(names));
  }

  private Map<String, Predict<?, ?>> known() {
    if (program instanceof Compiled<I, O> compiled) {
      return Predictors.of(compiled.asStudent()).byName();
    }
    return runner == null ? Map.of() : runner.predictors().byName();
  }

  /** Only a program that is one predictor is sure to have no others, which cannot be found. */
  private void requireKnown(String what, String[] names, Set<String> known) {
    boolean all = known().keySet().equals(ALONE);
    for (String name : names) {
      boolean misspelt = known.stream().anyMatch(each -> NearestName.isMisspelt(name, each));
      if (!known.contains(name) && (all || misspelt)) {
        throw InvalidInputException.of(
            "The program %s has no %s \"%s\", but %s".formatted(program, what, name, known),
            NearestName.of(name, known)
                .map(meant -> "use \"" + meant + "\"")
                .orElse("use one of those, or leave the filter out"));
      }
    }
  }

  /**
   * Runs the program under the current context. Parts are told on the calling thread, or on those
   * on which the program runs predictors beside each other, never two at once. What the callback
   * throws ends the call of the model that is under way, and comes out as it is. While the callback
   * works, so does that call, and holds its place among those in flight, whatever its deadline.
   *
   * @throws dev.hone.HoneException as the program's own {@code run}, which see
   */
  public O run(I input, Consumer<? super StreamPart> parts) {
    Consumer<StreamPart> wanted = filtered(Objects.requireNonNull(parts, "parts"));
    FieldSink sink = new PartSink(wanted);
    O output = Context.current().with(FieldSink.KEY, sink).call(() -> plain(input));
    wanted.accept(new StreamPart.Finished(Objects.requireNonNull(output, "The program's output")));
    return output;
  }

  private O plain(I input) {
    return runner == null
        ? program.run(input)
        : runner.run(runner.predictors().initialState(), input);
  }

  /**
   * A publisher of the parts of a run under the context that is current now. Each subscriber has a
   * run of its own, on a daemon thread of its own, which begins with the first request and waits
   * while {@value PartSubscription#CAPACITY} parts are not taken, at most a minute, since a call of
   * the model waits with it: then the error is {@link dev.hone.lm.LmException.TimedOut}. Cancelling
   * interrupts the run. It completes after {@link StreamPart.Finished}; what the program throws is
   * the error.
   *
   * <p>Cost: the calls of the program, for each subscriber.
   */
  public Flow.Publisher<StreamPart> publish(I input) {
    UnaryOperator<Runnable> wrapper = Context.current().wrapper();
    return subscriber -> {
      PartSubscription subscription =
          new PartSubscription(
              Objects.requireNonNull(subscriber, "subscriber"),
              parts -> wrapper.apply(() -> run(input, parts)).run(),
              PartSubscription.PATIENCE);
      subscriber.onSubscribe(subscription);
    };
  }

  private Consumer<StreamPart> filtered(Consumer<? super StreamPart> parts) {
    Predicate<StreamPart> wanted = this::isWanted;
    return part -> {
      if (part instanceof StreamPart.Withdrawn withdrawn && fields != null) {
        List<String> names = withdrawn.fields().stream().filter(fields::contains).toList();
        if (!names.isEmpty() && wanted.test(part)) {
          parts.accept(new StreamPart.Withdrawn(part.predictor(), part.call(), names));
        }
      } else if (wanted.test(part)) {
        parts.accept(part);
      }
    };
  }

  private boolean isWanted(StreamPart part) {
    boolean ofPredictor =
        part instanceof StreamPart.Finished
            || predictors == null
            || predictors.contains(part.predictor());
    return ofPredictor
        && (fields == null
            || !(part instanceof StreamPart.OfField of)
            || fields.contains(of.field()));
  }

  /** One line, such as {@code ProgramStream[Predict[question -> answer]]}. */
  @Override
  public String toString() {
    return "ProgramStream[" + program + "]";
  }
}
