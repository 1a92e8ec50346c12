package dev.hone.springboot;

import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * A bean for each program of {@code hone.programs} that the application has no bean of that name
 * for: one that takes and returns maps, since its types are in its file only.
 */
final class LiveProgramRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {
  private final java.util.concurrent.atomic.AtomicReference<Environment> environment =
      new java.util.concurrent.atomic.AtomicReference<>();

  LiveProgramRegistrar() {}

  @Override
  public void setEnvironment(Environment value) {
    environment.set(value);
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
    Binder.get(environment.get())
        .bind(
            "hone.programs",
            Bindable.mapOf(String.class, HoneProperties.ProgramFile.class))
        .orElse(Map.of())
        .keySet()
        .stream()
        .filter(name -> !registry.containsBeanDefinition(name))
        .forEach(name -> registry.registerBeanDefinition(name, definition(name)));
  }

  private static BeanDefinition definition(String name) {
    AbstractBeanDefinition definition =
        BeanDefinitionBuilder.rootBeanDefinition(LiveProgram.class)
            .setFactoryMethodOnBean("dynamic", "honePrograms")
            .addConstructorArgValue(name)
            .getBeanDefinition();
    if (definition instanceof org.springframework.beans.factory.support.RootBeanDefinition root) {
      root.setTargetType(
          ResolvableType.forClassWithGenerics(
              LiveProgram.class,
              ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class),
              ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));
    }
    return definition;
  }
}
