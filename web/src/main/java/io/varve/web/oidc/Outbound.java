package io.varve.web.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests to identity providers. Whoever administers a home says where they go, so they go to the
 * internet and not into our own network, over TLS, and they end: in time, and after so many bytes.
 * Redirections are not followed.
 */
final class Outbound implements HTTPRequestSender, ResourceRetriever, AutoCloseable {

  private static final Timeout CONNECT = Timeout.ofSeconds(3);
  private static final Timeout SILENCE = Timeout.ofSeconds(5);
  private static final long ALTOGETHER_SECONDS = 10;
  private static final int MAX_BYTES = 256 * 1024;
  private static final int CONNECTIONS = 50;
  private static final int CONNECTIONS_PER_HOST = 10;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private final boolean allowPrivate;
  private final CloseableHttpClient client;

  /**
   * @param allowPrivate whether private addresses may be asked, and this host without TLS
   */
  Outbound(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(
                allowPrivate ? SystemDefaultDnsResolver.INSTANCE : new PublicAddresses())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT)
                    .setSocketTimeout(SILENCE)
                    .build())
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(CONNECT)
                    .setResponseTimeout(SILENCE)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /** Whether a provider may be at an address, as far as the address itself tells. */
  boolean admits(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    return host != null
        && address.getUserInfo() == null
        && (scheme.equals("https")
            || (allowPrivate && scheme.equals("http") && LOOPBACK.matcher(host).matches()));
  }

  @Override
  public HTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    String body = request.getBody();
    var sent = new HttpUriRequestBase(request.getMethod().name(), request.getURI());
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> sent.addHeader(name, value)));
    if (body != null) {
      sent.removeHeaders("Content-Type");
      sent.setEntity(new StringEntity(body, ContentType.APPLICATION_FORM_URLENCODED));
    }
    return exchange(sent);
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    HTTPResponse response = exchange(new HttpUriRequestBase("GET", URI.create(url.toString())));
    if (response.getStatusCode() != HTTPResponse.SC_OK) {
      throw new IOException("answered with status " + response.getStatusCode());
    }
    return new Resource(
        String.valueOf(response.getBody()), String.valueOf(response.getEntityContentType()));
  }

  private HTTPResponse exchange(HttpUriRequestBase request) throws IOException {
    URI address = uri(request);
    if (!admits(address)) {
      throw new IOException("is not an https address");
    }
    var deadline =
        CompletableFuture.runAsync(
            request::cancel,
            CompletableFuture.delayedExecutor(ALTOGETHER_SECONDS, TimeUnit.SECONDS));
    try {
      return client.execute(request, Outbound::read);
    } finally {
      deadline.cancel(false);
    }
  }

  private static URI uri(HttpUriRequestBase request) throws IOException {
    try {
      return request.getUri();
    } catch (URISyntaxException malformed) {
      throw new IOException("is not an address", malformed);
    }
  }

  private static HTTPResponse read(ClassicHttpResponse response) throws IOException {
    var answer = new HTTPResponse(response.getCode());
    for (Header header : response.getHeaders()) {
      answer.setHeader(header.getName(), header.getValue());
    }
    answer.setBody(body(response.getEntity()));
    return answer;
  }

  private static @Nullable String body(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return null;
    }
    // Closing it would read the rest, however much that is; the client drops the connection.
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException("answered with more than " + MAX_BYTES + " bytes");
    }
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
