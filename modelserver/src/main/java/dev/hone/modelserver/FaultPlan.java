package dev.hone.modelserver;

import dev.hone.InvalidInputException;
import java.util.List;
import java.util.SplittableRandom;

/** Which calls meet a fault, and which one. Called on the server's threads; thread-safe. */
@FunctionalInterface
public interface FaultPlan {
  /** No call meets a fault. */
  FaultPlan NONE = call -> WireFault.none();

  /** The fault that a call meets. */
  WireFault of(ReceivedCall call);

  /**
   * A share of all attempts meets a fault, each of these equally often. Which attempts do depends
   * on what they ask and on how often that was asked before, never on the order in which different
   * calls arrive.
   *
   * @param share 0 to 1
   * @param seed decides which attempts
   * @throws InvalidInputException if the share is not in that range, or there are no faults
   */
  static FaultPlan share(double share, long seed, WireFault... faults) {
    if (!(share >= 0 && share <= 1)) {
      throw InvalidInputException.of("share (" + share + ") is not in [0, 1]", "use 0.1");
    }
    if (faults.length == 0) {
      throw InvalidInputException.of("There are no faults", "add WireFault.status(429)");
    }
    List<WireFault> all = List.of(faults);
    return call -> {
      long mix = 31 * seed + call.text().hashCode();
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(mix).nextLong() + call.attempt());
      return random.nextDouble() < share ? all.get(random.nextInt(all.size())) : WireFault.none();
    };
  }

  /** The first attempts of every call meet a fault; those after them are answered. */
  static FaultPlan first(int attempts, WireFault fault) {
    return call -> call.attempt() <= attempts ? fault : WireFault.none();
  }
}
