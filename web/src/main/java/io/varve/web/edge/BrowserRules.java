package io.varve.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.PermissionsPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What a browser may do with an answer: with the API's nothing, with a page only what it needs. */
final class BrowserRules {

  /** Neither inline scripts nor inline styles; images as data for the QR codes of sign-in. */
  private static final String PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final String API = "default-src 'none'; frame-ancestors 'none'";

  private static final String NO_DEVICE =
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

  private static final Duration HSTS = Duration.ofDays(365);

  private static final List<String> API_PATHS =
      List.of("/api/", "/scim/", "/health/", "/problems/", "/.well-known/", "/openapi.json");

  private BrowserRules() {}

  /** The filter that writes them into every answer; what a handler said before stands. */
  static HeaderWriterFilter filter() {
    RequestMatcher api = BrowserRules::isApi;
    RequestMatcher page = new NegatedRequestMatcher(api);
    var hsts = new HstsHeaderWriter(HSTS.toSeconds(), true);
    hsts.setRequestMatcher(HttpServletRequest::isSecure);
    var opener = new CrossOriginOpenerPolicyHeaderWriter();
    opener.setPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN);
    var resource = new CrossOriginResourcePolicyHeaderWriter();
    resource.setPolicy(CrossOriginResourcePolicy.SAME_ORIGIN);
    return new HeaderWriterFilter(
        List.of(
            hsts,
            only(api, new ContentSecurityPolicyHeaderWriter(API)),
            only(page, new ContentSecurityPolicyHeaderWriter(PAGES)),
            only(api, new StaticHeadersWriter("Cache-Control", "no-store")),
            new XContentTypeOptionsHeaderWriter(),
            new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
            new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
            new PermissionsPolicyHeaderWriter(NO_DEVICE),
            opener,
            resource));
  }

  private static HeaderWriter only(RequestMatcher where, HeaderWriter writer) {
    return new DelegatingRequestMatcherHeaderWriter(where, writer);
  }

  private static boolean isApi(HttpServletRequest request) {
    return API_PATHS.stream().anyMatch(request.getServletPath()::startsWith);
  }
}
