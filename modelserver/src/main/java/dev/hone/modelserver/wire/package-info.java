/** The protocols of providers, seen from the server; the engine room of the module. */
@NullMarked
package dev.hone.modelserver.wire;

import org.jspecify.annotations.NullMarked;
