package dev.hone.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerThreadsTest {
  @Test
  void usesPlatformThreadsThatAreDaemonsWhereThereAreNoOthers() throws Exception {
    Set<String> names = Collections.synchronizedSet(new HashSet<>());
    CountDownLatch done = new CountDownLatch(2);

    for (int i = 0; i < 2; i++) {
      WorkerThreads.platformThreads()
          .execute(
              () -> {
                assertThat(Thread.currentThread().isDaemon()).isTrue();
                names.add(Thread.currentThread().getName());
                done.countDown();
              });
    }
    done.await();

    assertThat(names).allMatch(name -> name.startsWith("hone-worker-"));
  }
}
