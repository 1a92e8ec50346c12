package dev.hone.springboot;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Program;
import dev.hone.text.Redaction;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A compiled program that is loaded again when its file, or its version in the store, changes. What
 * changed is read and checked first, and taken as a whole; while it cannot be used, the one before
 * stays. A run that has begun ends with the program that it began with. Thread-safe.
 *
 * <p>Runs in the context of its caller, if that has a model, such as one with a tenant: {@code
 * context.toBuilder().metadata("tenant", t).build().call(() -> route.run(x))}; else in the {@code
 * Context} bean. Each run is an observation, {@code hone.run}.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class LiveProgram<I, O> implements FrozenProgram<I, O> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveProgram.class);

  private final String name;
  private final ProgramPlaces places;
  private final Function<Path, Program<I, O>> loader;
  private final Context context;
  private final ObservationRegistry observations;
  private final boolean content;
  private volatile Loaded<I, O> loaded;

  /**
   * What runs now.
   *
   * @param stamp of what it was loaded from; empty for a program as it is in code
   * @param problem why the newest cannot be used; null if it is this one
   */
  private record Loaded<I, O>(
      Program<I, O> program, String stamp, Instant since, @Nullable String problem) {
    Loaded<I, O> withProblem(@Nullable String value) {
      return new Loaded<>(program, stamp, since, value);
    }
  }

  /**
   * Loads it.
   *
   * @param plain runs until there is something to load; null if there must be
   * @throws InvalidInputException if there is nothing to load and nothing to run until then
   */
  LiveProgram(
      String name,
      ProgramPlaces places,
      Function<Path, Program<I, O>> loader,
      @Nullable Program<I, O> plain,
      Context context,
      ObservationRegistry observations,
      boolean content) {
    this.name = name;
    this.places = places;
    this.loader = loader;
    this.context = context;
    this.observations = observations;
    this.content = content;
    String place = places.place(name);
    Optional<String> stamp = places.stamp(name, modelId());
    if (stamp.isEmpty() && plain == null) {
      throw InvalidInputException.of(
          "There is no program \"%s\" at %s".formatted(name, place),
          "check the path, and that its server answers, or set hone.programs."
              + name
              + ".required=false for one that has code");
    }
    this.loaded =
        stamp.isPresent()
            ? new Loaded<>(load(), stamp.get(), Instant.now(), null)
            : new Loaded<>(java.util.Objects.requireNonNull(plain), "", Instant.now(), null);
    LOG.info("The program {} is from {}", name, place());
  }

  private String modelId() {
    try {
      return context.lm().id();
    } catch (MissingModelException e) {
      return "";
    }
  }

  private Program<I, O> load() {
    Path file = places.read(name, modelId());
    try {
      return loader.apply(file);
    } finally {
      if (places.isCopy(name)) {
        delete(file);
      }
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks whether there is something new, and takes it if it can be used. */
  synchronized void refresh() {
    Loaded<I, O> now = loaded;
    try {
      Optional<String> stamp = places.stamp(name, modelId());
      if (stamp.isEmpty()) {
        problem(
            now,
            now.stamp().isEmpty()
                ? null
                : "it, or its server, is no longer at " + places.place(name));
      } else if (!stamp.get().equals(now.stamp()) || now.problem() != null) {
        String again = now.stamp().isEmpty() ? "" : " again";
        loaded = new Loaded<>(load(), stamp.get(), Instant.now(), null);
        LOG.info("The program {} was loaded{} from {}", name, again, place());
      }
    } catch (RuntimeException e) {
      problem(now, Redaction.of(String.valueOf(e.getMessage())));
    }
  }

  private void problem(Loaded<I, O> now, @Nullable String problem) {
    if (problem != null && !problem.equals(now.problem())) {
      LOG.warn("The program {} stays as it was: {}", name, problem);
    }
    loaded = now.withProblem(problem);
  }

  @Override
  public O run(I input) {
    Program<I, O> program = loaded.program();
    Observation observation =
        Observation.createNotStarted("hone.run", observations)
            .contextualName("run " + name)
            .lowCardinalityKeyValue(KeyValue.of("hone.program", name))
            .lowCardinalityKeyValue(GenAiKeys.ERROR_TYPE, "none")
            .start();
    Observation.Scope scope = observation.openScope();
    try {
      return hasModel() ? program.run(input) : context.call(() -> program.run(input));
    } catch (Throwable e) {
      observation
          .lowCardinalityKeyValue(GenAiKeys.ERROR_TYPE, ObservedFailure.type(e))
          .error(ObservedFailure.of(e, content));
      throw e;
    } finally {
      scope.close();
      observation.stop();
    }
  }

  private static boolean hasModel() {
    try {
      return !Context.current().lm().id().isEmpty();
    } catch (MissingModelException e) {
      return false;
    }
  }

  /** The program that runs now. */
  public Program<I, O> current() {
    return loaded.program();
  }

  /** Its name in {@code hone.programs}. */
  public String name() {
    return name;
  }

  /** Where what runs now comes from, in words: its file, its store, or code. */
  public String place() {
    String place = places.place(name);
    return loaded.stamp().isEmpty() ? "code, since there is nothing at " + place + " yet" : place;
  }

  /** Since when it runs as it is now. */
  public Instant since() {
    return loaded.since();
  }

  /** Why the newest version cannot be used; empty if it is in use. */
  public Optional<String> problem() {
    return Optional.ofNullable(loaded.problem());
  }

  /** One line: the name, where it comes from, and the program. */
  @Override
  public String toString() {
    return "LiveProgram[%s from %s: %s]".formatted(name, place(), loaded.program());
  }
}
