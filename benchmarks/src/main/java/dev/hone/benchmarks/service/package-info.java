/** The service for many tenants under load: what crosses tenants, what it holds, what it costs. */
@NullMarked
package dev.hone.benchmarks.service;

import org.jspecify.annotations.NullMarked;
