package dev.hone.langchain4j.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which HTTP clients read and write, a few for the process. They never wait for a
 * reply. The JDK's default starts a thread whenever none is idle, and with a thousand calls in
 * flight spends more time on waking up hundreds of threads than on the calls.
 */
final class HttpThreads {
  /** More than processors, since one may look up the address of a host, or write a file. */
  private static final int SIZE = 2 + Runtime.getRuntime().availableProcessors();

  private static final int KEPT_SECONDS = 5;

  static final Executor EXECUTOR = executor();

  private HttpThreads() {}

  private static Executor executor() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            SIZE,
            SIZE,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            code -> {
              String name = "hone-http-" + count.incrementAndGet();
              Thread thread = new Thread(null, code, name, 0, false);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
