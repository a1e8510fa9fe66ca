package io.varve.web.export;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.export.NoteDownload;
import io.varve.events.access.Caller;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/**
 * Hands out bundles, whole or from where an earlier attempt broke off (RFC 9110, 14). Of several
 * ranges in one request none is taken: all of the bundle is the answer, as the RFC allows.
 */
final class Downloads {

  private static final int PIECE = 1 << 20;

  private final BundleFolder folder;
  private final Commands commands;

  /** Bytes from the first to the last. */
  private record Bytes(long first, long last) {

    long count() {
      return last - first + 1;
    }
  }

  Downloads(BundleFolder folder, Commands commands) {
    this.folder = folder;
    this.commands = commands;
  }

  /** Says in the ledger who fetches what, and sends it. */
  void send(
      Caller caller,
      ExportId id,
      Export.Bundle bundle,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String tag = '"' + bundle.sha256() + '"';
    Bytes range = range(request, tag, bundle.size());
    Bytes bytes = range == null ? new Bytes(0, bundle.size() - 1) : range;
    Path file = folder.bundle(caller.tenant(), id.value(), bundle.sha256());
    try (FileChannel channel = FileChannel.open(file)) {
      boolean told = request.getMethod().equals("HEAD");
      if (!told) {
        commands.send(
            caller, new NoteDownload(id, bundle.sha256(), bytes.first(), bytes.last()), Terms.NONE);
      }
      response.setStatus(range == null ? 200 : 206);
      response.setContentType("application/zip");
      response.setHeader(HttpHeaders.ETAG, tag);
      response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          "attachment; filename=\"varve-%s.zip\"".formatted(id.value()));
      response.setContentLengthLong(bytes.count());
      if (range != null) {
        response.setHeader(
            HttpHeaders.CONTENT_RANGE,
            "bytes %d-%d/%d".formatted(bytes.first(), bytes.last(), bundle.size()));
      }
      if (!told) {
        send(channel, bytes, response.getOutputStream());
      }
    } catch (NoSuchFileException gone) {
      throw new FaultException(Fault.GONE);
    }
  }

  private static void send(FileChannel channel, Bytes bytes, OutputStream out) throws IOException {
    var to = Channels.newChannel(out);
    long at = bytes.first();
    while (at <= bytes.last()) {
      at += channel.transferTo(at, Math.min(PIECE, bytes.last() - at + 1), to);
    }
  }

  /** Null for all: no range is asked for, or one of a bundle that was made anew since. */
  private static @Nullable Bytes range(HttpServletRequest request, String tag, long size) {
    String header = request.getHeader(HttpHeaders.RANGE);
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (header == null || (condition != null && !condition.equals(tag))) {
      return null;
    }
    List<HttpRange> ranges;
    try {
      ranges = HttpRange.parseRanges(header);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
    if (ranges.size() != 1) {
      return null;
    }
    HttpRange range = ranges.getFirst();
    long first = range.getRangeStart(size);
    if (first >= size) {
      throw new FaultException(Fault.RANGE_NOT_SATISFIABLE);
    }
    return new Bytes(first, range.getRangeEnd(size));
  }
}
