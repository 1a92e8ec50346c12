package dev.hone.springboot;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Adapter;
import dev.hone.context.Context;
import dev.hone.context.ContextBuilder;
import dev.hone.context.Interceptor;
import dev.hone.embed.Embedder;
import dev.hone.lm.LanguageModel;
import dev.hone.observe.EventListener;
import dev.hone.pipeline.LmCache;
import dev.hone.sqlite.SqliteCache;
import dev.hone.store.FolderPrograms;
import dev.hone.store.ProgramSource;
import dev.hone.store.ResourcePrograms;
import dev.hone.text.Redaction;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * The {@link Context} of an application and its compiled programs. The model is the {@code
 * LanguageModel} bean of the application, else the one that {@code hone.model} names, else its
 * {@code ChatModel} bean. Where there are a {@code LanguageModel} bean and a name, a warning says
 * that the name is not used. Several such beans without a primary one do not win over a name, and
 * end the start where there is none. Listeners, interceptors, an embedder, a cache, an adapter and
 * a program source that are beans become part of the context.
 */
@AutoConfiguration
@EnableConfigurationProperties(HoneProperties.class)
@Import(LiveProgramRegistrar.class)
public class HoneAutoConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(HoneAutoConfiguration.class);

  /** Makes the configuration. */
  public HoneAutoConfiguration() {}

  /** The context, in which {@link LiveProgram}s run. */
  @Bean
  @ConditionalOnMissingBean
  public Context honeContext(
      HoneProperties properties,
      Environment environment,
      ObjectProvider<LanguageModel> models,
      ObjectProvider<ChatModel> chatModels,
      ObjectProvider<LmCache> caches,
      ObjectProvider<Adapter> adapters,
      ObjectProvider<Embedder> embedders,
      ObjectProvider<Interceptor> interceptors,
      ObjectProvider<EventListener> listeners,
      ObjectProvider<HoneContextCustomizer> customizers) {
    ContextBuilder builder =
        Context.builder()
            .budget(ModelBeans.budget(properties.budget()))
            .options(ModelBeans.options(properties.options()))
            .adapter(
                Optional.ofNullable(adapters.getIfAvailable())
                    .orElseGet(() -> adapter(properties.adapter())));
    model(properties, environment, models, chatModels)
        .ifPresentOrElse(
            model -> builder.lm(ModelBeans.pipeline(model, properties, caches.getIfAvailable())),
            () ->
                LOG.warn("There is no model for Hone. Maybe set hone.model, or add a ChatModel."));
    if (properties.isolateCacheBy() != null) {
      builder.isolateCacheBy(properties.isolateCacheBy().toArray(String[]::new));
    }
    embedders.ifAvailable(builder::embedder);
    interceptors.orderedStream().forEach(builder::interceptor);
    listeners.orderedStream().forEach(builder::listener);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  private static Optional<LanguageModel> model(
      HoneProperties properties,
      Environment environment,
      ObjectProvider<LanguageModel> models,
      ObjectProvider<ChatModel> chatModels) {
    String name = properties.model();
    if (name != null && !name.isBlank()) {
      return Optional.of(ownOrNamed(models.getIfUnique(), name, environment));
    }
    LanguageModel own = models.getIfAvailable();
    if (own != null) {
      return Optional.of(own);
    }
    return Optional.ofNullable(chatModels.getIfAvailable())
        .map(chat -> ModelBeans.of(chat, properties.modelId()));
  }

  private static LanguageModel ownOrNamed(
      @Nullable LanguageModel own, String name, Environment environment) {
    if (own == null) {
      return ModelBeans.named(name, environment);
    }
    LOG.warn(
        "hone.model ({}) is not used, since the application's own LanguageModel bean ({}) wins."
            + " Maybe remove one of the two.",
        Redaction.of(name),
        own.id());
    return own;
  }

  private static Adapter adapter(String name) {
    return switch (name) {
      case "chat" -> Adapter.chat();
      case "json" -> Adapter.json();
      case "xml" -> Adapter.xml();
      default ->
          throw InvalidInputException.of(
              "hone.adapter (%s) is none of chat, json and xml".formatted(name), "use chat");
    };
  }

  /** The programs of {@code hone.programs}, and those that the application's code adds. */
  @Bean
  @ConditionalOnMissingBean
  public LivePrograms honePrograms(
      HoneProperties properties,
      Context context,
      ResourceLoader resources,
      ObjectProvider<ProgramSource> sources,
      ObjectProvider<ObservationRegistry> observations) {
    ProgramPlaces places =
        new ProgramPlaces(properties.programs(), source(properties, sources), resources);
    ObservationRegistry registry =
        properties.observation().enabled()
            ? observations.getIfAvailable(() -> ObservationRegistry.NOOP)
            : ObservationRegistry.NOOP;
    return new LivePrograms(
        places, context, registry, properties.observation().content(), properties.reloadInterval());
  }

  private static @Nullable ProgramSource source(
      HoneProperties properties, ObjectProvider<ProgramSource> sources) {
    ProgramSource own = sources.getIfAvailable();
    if (own != null) {
      return own;
    }
    HoneProperties.Store store = properties.store();
    if (store.folder() != null) {
      return FolderPrograms.of(store.folder());
    }
    return store.classpath() == null
        ? null
        : ResourcePrograms.of(HoneProperties.class.getClassLoader(), store.classpath());
  }

  /** The cache in a file. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "dev.hone.sqlite.SqliteCache")
  @ConditionalOnProperty("hone.cache.file")
  static class FileCache {
    @Bean
    @ConditionalOnMissingBean(LmCache.class)
    SqliteCache honeCache(HoneProperties properties) {
      Path file = Objects.requireNonNull(properties.cache().file());
      return SqliteCache.open(file);
    }
  }
}
