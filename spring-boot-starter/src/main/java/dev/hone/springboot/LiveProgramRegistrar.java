package dev.hone.springboot;

import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * A bean for each program of {@code hone.programs} that the application has no bean of that name
 * for: one that takes and returns maps, since its types are in its file only. Made when something
 * asks for it, since code may use the program without a bean of its name.
 */
final class LiveProgramRegistrar implements ImportBeanDefinitionRegistrar {
  private final Environment environment;

  LiveProgramRegistrar(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
    Binder.get(environment)
        .bind("hone.programs", Bindable.mapOf(String.class, HoneProperties.ProgramFile.class))
        .orElse(Map.of())
        .keySet()
        .stream()
        .filter(name -> !registry.containsBeanDefinition(name))
        .forEach(name -> registry.registerBeanDefinition(name, definition(name)));
  }

  private static BeanDefinition definition(String name) {
    RootBeanDefinition definition = new RootBeanDefinition(LiveProgram.class);
    definition.setLazyInit(true);
    definition.setFactoryBeanName("honePrograms");
    definition.setFactoryMethodName("dynamic");
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
    ResolvableType values =
        ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class);
    definition.setTargetType(
        ResolvableType.forClassWithGenerics(LiveProgram.class, values, values));
    return definition;
  }
}
