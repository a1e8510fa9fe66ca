package io.varve.web.limit;

import io.varve.web.limit.Limit.Precision;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many requests are answered in a window of time; {@code application.properties} has what holds
 * unless somebody says otherwise.
 *
 * @param login attempts to sign in, from one address
 * @param auth whatever has to do with signing in, from one address
 * @param address other requests to the API, from one address
 * @param tenant requests of all callers of one tenant
 */
@ConfigurationProperties("varve.limits")
record LimitSettings(Window login, Window auth, Window address, Window tenant) {

  record Window(int requests, Duration per) {
    Limit limit(String name, Precision precision) {
      return new Limit(name, requests, per, precision);
    }
  }
}
