/**
 * Where an application gets its compiled programs from: by name, version and model, with a way
 * back. {@link dev.hone.store.FolderPrograms} keeps them in files, {@link
 * dev.hone.store.JdbcPrograms} in a database; {@link dev.hone.store.ResourcePrograms} reads such a
 * folder from the class path.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.store;

import org.jspecify.annotations.NullMarked;
