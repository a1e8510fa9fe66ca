package io.varve.web.mfa;

import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.SetClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app, with the clock that the server goes by. */
public final class Device {

  private final SetClock clock;
  private final byte[] secret;

  private Device(SetClock clock, byte[] secret) {
    this.clock = clock;
    this.secret = secret;
  }

  /** The device that an answer to the beginning of an enrolment is for. */
  public static Device scanned(SetClock clock, Answer enrolment) {
    return new Device(clock, new Base32().decode(enrolment.json().path("secret").asString()));
  }

  /** What it shows now. */
  public String shows() {
    return Totp.code(secret, clock.instant());
  }

  /** What it shows once the code of now is gone. */
  public String showsNext() {
    clock.advance(Duration.ofSeconds(30));
    return shows();
  }

  /** Some code that it does not show, now or soon. */
  public String neverShows(int which) {
    for (int i = which; ; i += 100) {
      String code = "%06d".formatted(i);
      if (Totp.stepOf(secret, code, clock.instant()).isEmpty()
          && Totp.stepOf(secret, code, clock.instant().plusSeconds(60)).isEmpty()) {
        return code;
      }
    }
  }

  /** A user's device, enrolled, and what came with that. */
  public record Enrolled(Device device, Api api, List<String> recoveryCodes) {}

  public static Enrolled enrol(SetClock clock, Api user) {
    Device device = scanned(clock, user.post("/api/auth/mfa/totp").is(200));
    Answer answer = user.post("/api/auth/mfa/totp/confirm", Map.of("code", device.shows())).is(200);
    return new Enrolled(
        device, user.as(answer.json().at("/token/accessToken").asString()), recoveryCodes(answer));
  }

  public static List<String> recoveryCodes(Answer answer) {
    return answer.json().path("recoveryCodes").values().stream().map(c -> c.asString()).toList();
  }
}
