package dev.hone.context;

import dev.hone.observe.EventListener;

/**
 * A listener that looks at calls of models only. As long as there are no others, events of programs
 * and evaluations are not made.
 */
public interface CallListener extends EventListener {}
