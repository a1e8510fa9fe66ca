package io.varve.web.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Base64;

/** QR codes (ISO/IEC 18004), as images that a page can show without asking for anything. */
final class QrCode {

  /** Light modules around the code, which readers look for. */
  private static final int QUIET = 4;

  private QrCode() {}

  /** An image of the text, as a {@code data:} URI of SVG. */
  static String dataUri(String text) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg(text).getBytes(US_ASCII));
  }

  static String svg(String text) {
    ByteMatrix modules = modules(text);
    var dark = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      for (int x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y) == 1) {
          dark.append("M%d %dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    int size = modules.getWidth() + 2 * QUIET;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
        <path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>"""
        .formatted(size, size, size, size, dark);
  }

  private static ByteMatrix modules(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("no QR code holds a text this long", tooLong);
    }
  }
}
