package io.varve.web.demo;

import io.varve.web.demo.Story.KriUse;
import io.varve.web.demo.Story.Measure;
import io.varve.web.demo.Story.Spike;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The values of a KRI over the year: a trend, the week's rhythm, ups and downs that last for some
 * days, and incidents that fade.
 */
final class Series {

  /** How much of a day's deviation is still there on the next. */
  private static final double MEMORY = 0.8;

  private final Measure measure;
  private final List<Double> trend;
  private final List<Spike> spikes;
  private final int days;
  private final Dice dice;
  private double deviation;

  Series(Measure measure, KriUse use, int days, Dice dice) {
    this.measure = measure;
    this.trend = use.trend();
    this.spikes = use.spikes();
    this.days = days;
    this.dice = dice;
  }

  /** The value at a time, in days since the year began; to be asked in order. */
  BigDecimal next(double day) {
    deviation =
        MEMORY * deviation + Math.sqrt(1 - MEMORY * MEMORY) * measure.noise() * dice.normal();
    double value = trendAt(day) + weekly(day) + incidents(day) + deviation;
    double possible = Math.clamp(value, measure.min(), measure.max());
    return BigDecimal.valueOf(possible).setScale(measure.decimals(), RoundingMode.HALF_UP);
  }

  private double trendAt(double day) {
    double place = Math.clamp(day / days, 0, 1) * (trend.size() - 1);
    int before = Math.min((int) place, Math.max(trend.size() - 2, 0));
    double from = trend.get(before);
    return trend.size() == 1 ? from : from + (trend.get(before + 1) - from) * (place - before);
  }

  private double weekly(double day) {
    return Year.isWeekend((int) day) ? -measure.weekly() : 0;
  }

  private double incidents(double day) {
    double sum = 0;
    for (Spike spike : spikes) {
      if (day >= spike.day()) {
        sum += spike.height() * Math.exp((spike.day() - day) / spike.days());
      }
    }
    return sum;
  }
}
