package dev.hone.springboot;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.DynamicProgram;
import dev.hone.context.Context;
import dev.hone.program.Program;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compiled programs of an application. Each is in the file that {@code hone.programs.NAME.file}
 * says, or in the store under its name, and is loaded again when that changes. A bean of a program
 * with types of its own is made here:
 *
 * <pre>{@code
 * @Bean
 * LiveProgram<Ticket, Route> route(LivePrograms programs) {
 *   return programs.of("route", Predict.of(Ticket.class, Route.class));
 * }
 * }</pre>
 *
 * <p>A name in {@code hone.programs} without such a bean gets one that takes and returns maps, made
 * where something asks for it. Thread-safe.
 */
public final class LivePrograms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePrograms.class);

  private final ProgramPlaces places;
  private final Context context;
  private final ObservationRegistry observations;
  private final boolean content;
  private final Map<String, LiveProgram<?, ?>> byName = new TreeMap<>();
  private final @Nullable ScheduledExecutorService reloading;

  LivePrograms(
      ProgramPlaces places,
      Context context,
      ObservationRegistry observations,
      boolean content,
      Duration interval) {
    this.places = places;
    this.context = context;
    this.observations = observations;
    this.content = content;
    this.reloading = interval.isZero() || interval.isNegative() ? null : reloading(interval);
  }

  private ScheduledExecutorService reloading(Duration interval) {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "hone-reload");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = interval.toNanos();
    var unused =
        executor.scheduleWithFixedDelay(this::reloadOrLog, nanos, nanos, TimeUnit.NANOSECONDS);
    return executor;
  }

  /**
   * A program with code.
   *
   * @param name its name in {@code hone.programs} or in the store
   * @param program the program that was compiled; it runs as it is where there is no file and
   *     {@code hone.programs.NAME.required} is false
   * @throws InvalidInputException if nothing says where it is, it is not there, or there is another
   *     of this name
   * @throws dev.hone.compiled.ArtifactException if it cannot be read, or belongs to another program
   */
  public <I, O> LiveProgram<I, O> of(String name, Program<I, O> program) {
    return added(
        name,
        new LiveProgram<>(
            name,
            places,
            file -> Compiled.load(program, file),
            places.isRequired(name) ? null : program,
            context,
            observations,
            content));
  }

  /**
   * A program whose types are in its file only; errors as of one with code.
   *
   * @see Compiled#loadDynamic(java.nio.file.Path)
   */
  public LiveProgram<Map<String, Object>, Map<String, Object>> dynamic(String name) {
    return added(
        name,
        new LiveProgram<>(
            name,
            places,
            file -> {
              DynamicProgram loaded = Compiled.loadDynamic(file);
              return loaded::run;
            },
            null,
            context,
            observations,
            content));
  }

  private <I, O> LiveProgram<I, O> added(String name, LiveProgram<I, O> program) {
    synchronized (byName) {
      if (byName.putIfAbsent(name, program) != null) {
        throw InvalidInputException.of(
            "There are two programs \"%s\"".formatted(name), "make one bean of it, and share that");
      }
    }
    return program;
  }

  /** All of them, by their names. */
  public List<LiveProgram<?, ?>> all() {
    synchronized (byName) {
      return List.copyOf(byName.values());
    }
  }

  /** Looks at all files and the store now, and takes what is new. */
  public void reload() {
    all().forEach(LiveProgram::refresh);
  }

  /** An error ends neither the thread nor the looking at the other times. */
  private void reloadOrLog() {
    try {
      reload();
    } catch (Error e) {
      LOG.error("The programs could not be looked at", e);
    }
  }

  /** Ends reloading. */
  @Override
  public void close() {
    if (reloading != null) {
      reloading.shutdownNow();
    }
  }

  /** One line: the names. */
  @Override
  public String toString() {
    return "LivePrograms" + all().stream().map(LiveProgram::name).toList();
  }
}
