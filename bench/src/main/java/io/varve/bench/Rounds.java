package io.varve.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs contenders in turn, so that whatever else the machine does meets all of them alike. The
 * order is reversed in every other round.
 */
public final class Rounds {

  /** One run of one contender. */
  @FunctionalInterface
  public interface Contender {
    double measure() throws Exception;
  }

  private Rounds() {}

  /** The medians, in the order of the contenders. */
  public static double[] medians(int rounds, List<Contender> contenders) throws Exception {
    double[][] values = new double[contenders.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < contenders.size(); i++) {
        order.add(round % 2 == 0 ? i : contenders.size() - 1 - i);
      }
      for (int i : order) {
        values[i][round] = contenders.get(i).measure();
      }
    }
    return Arrays.stream(values).mapToDouble(Rounds::median).toArray();
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
