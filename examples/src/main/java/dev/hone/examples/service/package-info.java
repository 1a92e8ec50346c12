/**
 * An HTTP service for many tenants in one process: the model and the credential of the tenant that
 * asks, its own compiled program, an interceptor that audits and one that vetoes, history and usage
 * per tenant. {@link dev.hone.examples.service.TenantService} is what runs.
 */
@NullMarked
package dev.hone.examples.service;

import org.jspecify.annotations.NullMarked;
