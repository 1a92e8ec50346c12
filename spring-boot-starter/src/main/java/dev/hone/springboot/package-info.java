/**
 * Hone in a Spring Boot application: a {@link dev.hone.context.Context} bean from properties {@code
 * hone.*} ({@link dev.hone.springboot.HoneProperties}), compiled programs that are loaded again
 * when their files change ({@link dev.hone.springboot.LivePrograms}), their health, meters and
 * observations. Each bean is left out where the application has its own.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.springboot;

import org.jspecify.annotations.NullMarked;
