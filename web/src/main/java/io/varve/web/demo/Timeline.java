package io.varve.web.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is done in the year, by whoever does it. */
final class Timeline {

  private final Year year;
  private final List<Act> acts = new ArrayList<>();

  Timeline(Year year) {
    this.year = year;
  }

  /** Adds an act, unless its time is still to come. */
  void add(Act act) {
    if (!act.at().isAfter(year.end())) {
      acts.add(act);
    }
  }

  /** By time; what happens at the same time stays in the order in which it was added. */
  List<Act> inOrder() {
    return acts.stream().sorted(Comparator.comparing(Act::at)).toList();
  }
}
