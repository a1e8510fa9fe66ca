package io.varve.projections.seal.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket with object lock: each note is an object that is made only where there is none, and that
 * nobody can delete or replace until its retention is over, its owner included (COMPLIANCE).
 */
public final class BucketSink implements Sink, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int EXISTS = 412;

  /** What Amazon says of a bucket without object lock, and what others say. */
  private static final Set<String> LOCKS_NOTHING =
      Set.of("ObjectLockConfigurationNotFoundError", "InvalidRequest");

  private final S3Client s3;
  private final BucketSettings settings;
  private final Clock clock;

  public BucketSink(BucketSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE)
                    .socketTimeout(PATIENCE))
            .overrideConfiguration(o -> o.apiCallTimeout(PATIENCE.multipliedBy(2)))
            // Other stores than Amazon's do not know its newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        settings.accessKeyId(), settings.secretAccessKey())));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint()).forcePathStyle(true);
    }
    this.s3 = builder.build();
  }

  /**
   * @throws NoLockException if the bucket lets objects be changed
   * @throws SinkException if it cannot be asked now; it is asked again before anything is sealed
   */
  public void requireLock() {
    if (!locks()) {
      throw new NoLockException(settings.name());
    }
  }

  private boolean locks() {
    try {
      return s3.getObjectLockConfiguration(r -> r.bucket(settings.name()))
              .objectLockConfiguration()
              .objectLockEnabled()
          == ObjectLockEnabled.ENABLED;
    } catch (S3Exception answer) {
      if (answer.awsErrorDetails() != null
          && LOCKS_NOTHING.contains(answer.awsErrorDetails().errorCode())) {
        return false;
      }
      throw failure("cannot be asked for its object lock", answer);
    } catch (SdkException unreachable) {
      throw failure("cannot be asked for its object lock", unreachable);
    }
  }

  @Override
  public String name() {
    return "bucket:%s/%s".formatted(settings.name(), settings.prefix());
  }

  @Override
  public void put(Sealed sealed) {
    byte[] content = sealed.note().getBytes(UTF_8);
    String key = settings.prefix() + sealed.name();
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(settings.name())
            .key(key)
            .ifNoneMatch("*")
            .contentType("text/plain; charset=utf-8")
            .contentMD5(md5(content))
            .objectLockMode(ObjectLockMode.COMPLIANCE)
            .objectLockRetainUntilDate(
                clock.instant().plus(Duration.ofDays(settings.retentionDays())))
            .build();
    try {
      s3.putObject(request, RequestBody.fromBytes(content));
    } catch (S3Exception answer) {
      if (answer.statusCode() != EXISTS) {
        throw failure("does not take " + key, answer);
      }
      if (!read(key).equals(sealed.note())) {
        throw new SinkException("%s is there and says something else.".formatted(key), answer);
      }
    } catch (SdkException unreachable) {
      throw failure("does not take " + key, unreachable);
    }
  }

  @Override
  public Optional<Sealed> newest() {
    requireLock();
    try {
      for (String day : days()) {
        Optional<String> last =
            s3
                .listObjectsV2Paginator(r -> r.bucket(settings.name()).prefix(day))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> Sealed.CHECKPOINT.matcher(key.substring(day.length())).matches())
                .max(Comparator.naturalOrder());
        if (last.isPresent()) {
          return last.map(key -> Sealed.found(key, read(key)));
        }
      }
      return Optional.empty();
    } catch (SdkException unreachable) {
      throw failure("cannot be read", unreachable);
    }
  }

  @Override
  public void close() {
    s3.close();
  }

  /** The newest first. */
  private List<String> days() {
    return s3
        .listObjectsV2Paginator(
            r ->
                r.bucket(settings.name())
                    .prefix(settings.prefix() + Sealed.CHECKPOINTS)
                    .delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .filter(Objects::nonNull)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private String read(String key) {
    try {
      return s3.getObjectAsBytes(r -> r.bucket(settings.name()).key(key)).asUtf8String();
    } catch (SdkException unreachable) {
      throw failure("does not give " + key, unreachable);
    }
  }

  /** What a store asks for with everything that it is to lock. */
  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private SinkException failure(String what, Exception cause) {
    return new SinkException("The bucket %s %s.".formatted(settings.name(), what), cause);
  }
}
