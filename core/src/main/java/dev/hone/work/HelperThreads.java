package dev.hone.work;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that help with one piece of work: those that were called and have not come yet, and
 * those that are at work. Each takes one of the free threads when it is called, and gives it back
 * before the work returns, so that the next work finds them all. One more may work in place of the
 * caller, which takes none. Thread-safe.
 */
final class HelperThreads {
  private final FreeThreads free;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allLeft = lock.newCondition();
  private final Set<Thread> atWork = new HashSet<>();
  private @Nullable Thread inPlaceOfCaller;
  private int called;
  private boolean dismissed;
  private int most = Integer.MAX_VALUE;

  HelperThreads(FreeThreads free) {
    this.free = free;
  }

  /** Limits the helpers that are called or at work at once; to be called before any is called. */
  void limit(int helpers) {
    most = helpers;
  }

  /**
   * Takes a free thread for one more helper, if there is one, and work for it.
   *
   * @param itemsLeft the items that no thread has taken
   */
  boolean call(int itemsLeft) {
    if (itemsLeft <= 0 || free.count() <= 0) {
      return false;
    }
    lock.lock();
    try {
      boolean wanted =
          !dismissed && itemsLeft > called && called + atWork.size() < most && free.tryTake();
      if (wanted) {
        called++;
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the calling thread, a helper at work, is one too many, as others came back from
   * waiting; then it is given back, and has to leave.
   */
  boolean isTooMany() {
    if (free.count() >= 0) {
      return false;
    }
    lock.lock();
    try {
      boolean tooMany =
          atWork.size() > 1
              && atWork.contains(Thread.currentThread())
              && free.tryGiveBackOneTooMany();
      if (tooMany) {
        atWork.remove(Thread.currentThread());
      }
      return tooMany;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the thread of a helper that was called and cannot come. */
  void recall() {
    lock.lock();
    try {
      if (!dismissed) {
        called--;
        free.giveBack(1);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A helper that was called has come; false if it is not needed any more. */
  boolean enter() {
    lock.lock();
    try {
      if (!dismissed) {
        called--;
        atWork.add(Thread.currentThread());
      }
      return !dismissed;
    } finally {
      lock.unlock();
    }
  }

  /** The thread that works in place of the caller has come. */
  void enterInPlaceOfCaller() {
    lock.lock();
    try {
      inPlaceOfCaller = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** A thread that came has ended its work; one that was left behind was given back before. */
  void leave() {
    lock.lock();
    try {
      if (atWork.remove(Thread.currentThread())) {
        free.giveBack(1);
      }
      if (inPlaceOfCaller == Thread.currentThread()) {
        inPlaceOfCaller = null;
      }
      Thread.interrupted();
      if (isEmpty()) {
        allLeft.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return atWork.isEmpty() && inPlaceOfCaller == null;
  }

  /** Interrupts those at work, never one that has left and works elsewhere now. */
  void interrupt() {
    lock.lock();
    try {
      dismissThoseCalled();
      atWork.forEach(Thread::interrupt);
      if (inPlaceOfCaller != null) {
        inPlaceOfCaller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when none is at work; those that come later find that they are not needed. */
  void dismiss() {
    lock.lock();
    try {
      dismissThoseCalled();
      while (!isEmpty()) {
        allLeft.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for those at work no longer, unless all work has ended, and gives them back.
   *
   * @return how many still work
   */
  int leaveBehind(boolean allEnded) {
    lock.lock();
    try {
      while (allEnded && !isEmpty()) {
        allLeft.awaitUninterruptibly();
      }
      int lost = atWork.size() + (inPlaceOfCaller == null ? 0 : 1);
      free.giveBack(atWork.size());
      atWork.clear();
      inPlaceOfCaller = null;
      return lost;
    } finally {
      lock.unlock();
    }
  }

  private void dismissThoseCalled() {
    dismissed = true;
    free.giveBack(called);
    called = 0;
  }
}
