package io.varve.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that is larger than its resource takes, whatever its Content-Length claims. A body
 * of the usual size is read whole, once; one that may be large is only counted as it streams by.
 */
public final class BodyLimit extends OncePerRequestFilter {

  /** What any body may have, in bytes. */
  public static final int USUAL = 1 << 20;

  private final Problems problems;
  private final Map<String, Long> streamed;

  /**
   * @param streamed the paths whose bodies are streamed, each with its own limit in bytes
   */
  BodyLimit(Problems problems, Map<String, Long> streamed) {
    this.problems = problems;
    this.streamed = Map.copyOf(streamed);
  }

  /** The body of a request that is not streamed. */
  public static byte[] of(HttpServletRequest request) {
    return request.getAttribute(BodyLimit.class.getName()) instanceof byte[] body
        ? body
        : new byte[0];
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Long large = streamed.get(request.getRequestURI());
    long limit = large == null ? USUAL : large;
    if (request.getContentLengthLong() > limit) {
      problems.answer(request, response, new FaultException(Fault.TOO_LARGE));
      return;
    }
    if (large != null) {
      chain.doFilter(new Counted(request, limit), response);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(USUAL + 1);
    if (body.length > USUAL) {
      problems.answer(request, response, new FaultException(Fault.TOO_LARGE));
      return;
    }
    request.setAttribute(BodyLimit.class.getName(), body);
    chain.doFilter(request, response);
  }

  private static final class Counted extends HttpServletRequestWrapper {
    private final long limit;

    Counted(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new CountedStream(super.getInputStream(), limit);
    }
  }

  private static final class CountedStream extends ServletInputStream {
    private final ServletInputStream in;
    private long left;

    CountedStream(ServletInputStream in, long limit) {
      this.in = in;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw new FaultException(Fault.TOO_LARGE);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
