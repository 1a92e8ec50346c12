/**
 * What tests of programs over language models need.
 *
 * <p>Models that behave as a test needs it: {@link dev.hone.testkit.ScriptedModel} replies by a
 * script and keeps the requests, {@link dev.hone.testkit.RecordedModel} asks a real model once and
 * replays it from a file, {@link dev.hone.testkit.SlowModel} takes its time, {@link
 * dev.hone.testkit.FlakyModel} fails now and then. {@link dev.hone.testkit.OpenAiStubServer} puts
 * any of them behind a real HTTP endpoint, and {@link dev.hone.testkit.FaultyServer} is one that
 * refuses, breaks, stalls, cuts off and sends nonsense as told. {@link
 * dev.hone.testkit.HoneAssertions} asserts that a program is not worse than another.
 *
 * <p>Contracts: whoever implements {@link dev.hone.lm.LanguageModel}, {@link
 * dev.hone.pipeline.LmCache} or {@link dev.hone.adapter.Adapter} extends {@link
 * dev.hone.testkit.LanguageModelContract}, {@link dev.hone.testkit.LmCacheContract} or {@link
 * dev.hone.testkit.AdapterContract} in the tests, and inherits the tests that every implementation
 * must pass.
 *
 * <p>Stability: may still change.
 */
@NullMarked
package dev.hone.testkit;

import org.jspecify.annotations.NullMarked;
