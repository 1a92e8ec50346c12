package dev.hone.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lm.ReplyListener;
import java.util.HashSet;
import java.util.Set;

/** Collects what a bridge tells of a reply that arrives. */
final class ToldParts implements ReplyListener {
  final StringBuilder text = new StringBuilder();
  final StringBuilder arguments = new StringBuilder();
  final Set<Thread> threads = new HashSet<>();
  int pieces;

  @Override
  public void onText(String delta) {
    text.append(delta);
    pieces++;
    threads.add(Thread.currentThread());
  }

  @Override
  public void onToolCall(int index, String name, String delta) {
    assertThat(index).isZero();
    assertThat(name).isEqualTo("clock");
    arguments.append(delta);
    threads.add(Thread.currentThread());
  }
}
