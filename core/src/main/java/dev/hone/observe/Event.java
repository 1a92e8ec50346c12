package dev.hone.observe;

/**
 * Something that happened while Hone worked. Every event is an immutable record; the packages that
 * emit events group them in sealed families, such as {@code LmEvent} and {@code EvaluationEvent}.
 */
public interface Event {}
