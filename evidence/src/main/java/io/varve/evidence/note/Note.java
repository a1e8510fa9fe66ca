package io.varve.evidence.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text and signatures of it, as C2SP's signed-note writes them: the text, an empty line, and a
 * line for each signature.
 *
 * @param text ends with a newline and is what is signed
 */
public record Note(String text, List<NoteSignature> signatures) {

  private static final int LONGEST = 1 << 20;
  private static final int MOST_SIGNATURES = 100;
  private static final String DASH = "\u2014";

  public Note {
    signatures = List.copyOf(signatures);
  }

  /** One signature: who says it is theirs, and its bytes after the four of the key's id. */
  public record NoteSignature(String name, String base64) {}

  /** A text, signed by each. */
  public static Note sign(String text, NoteSigner... signers) {
    require(isText(text), "a note's text ends with a newline and has no other control character");
    byte[] bytes = text.getBytes(UTF_8);
    var signatures = new ArrayList<NoteSignature>();
    for (NoteSigner signer : signers) {
      byte[] signature = signer.sign(bytes);
      byte[] id = signer.key().id();
      byte[] all = Arrays.copyOf(id, id.length + signature.length);
      System.arraycopy(signature, 0, all, id.length, signature.length);
      signatures.add(
          new NoteSignature(signer.key().name(), Base64.getEncoder().encodeToString(all)));
    }
    return new Note(text, signatures);
  }

  /**
   * @throws IllegalArgumentException if this is no signed note; whether a signature is good is not
   *     looked at
   */
  public static Note parse(byte[] note) {
    require(note.length <= LONGEST, "the note is too long");
    String all = decode(note);
    int end = all.lastIndexOf("\n\n");
    require(end >= 0 && all.endsWith("\n"), "no signature follows the text");
    String text = all.substring(0, end + 1);
    require(isText(text), "the text of the note has a control character");
    String[] lines = all.substring(end + 2).split("\n", -1);
    require(lines.length > 1 && lines.length <= MOST_SIGNATURES, "no signatures, or too many");
    var signatures = new ArrayList<NoteSignature>();
    for (String line : List.of(lines).subList(0, lines.length - 1)) {
      String[] parts = line.split(" ", -1);
      require(parts.length == 3 && parts[0].equals(DASH), "a line is no signature");
      signatures.add(new NoteSignature(parts[1], parts[2]));
    }
    return new Note(text, signatures);
  }

  /** Whether one of the signatures is that key's, and good. Those of others do not matter. */
  public boolean isSignedBy(NoteKey key) {
    byte[] signed = text.getBytes(UTF_8);
    byte[] id = key.id();
    boolean found = false;
    for (NoteSignature signature : signatures) {
      byte[] all = signature.name().equals(key.name()) ? bytes(signature) : null;
      if (all != null && Arrays.equals(Arrays.copyOf(all, NoteKey.ID_LENGTH), id)) {
        // A second one under the same name and id must not hide a bad first.
        if (!key.verifies(signed, Arrays.copyOfRange(all, NoteKey.ID_LENGTH, all.length))) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** The whole note, as it is stored, sent and hashed. */
  public byte[] bytes() {
    return toString().getBytes(UTF_8);
  }

  @Override
  public String toString() {
    var all = new StringBuilder(text).append('\n');
    for (NoteSignature signature : signatures) {
      all.append(DASH).append(' ').append(signature.name());
      all.append(' ').append(signature.base64()).append('\n');
    }
    return all.toString();
  }

  private static byte @Nullable [] bytes(NoteSignature signature) {
    try {
      byte[] all = Base64.getDecoder().decode(signature.base64());
      return all.length > NoteKey.ID_LENGTH ? all : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static boolean isText(String text) {
    return text.endsWith("\n") && text.chars().allMatch(c -> c >= ' ' || c == '\n');
  }

  private static String decode(byte[] note) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a note is UTF-8", e);
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
