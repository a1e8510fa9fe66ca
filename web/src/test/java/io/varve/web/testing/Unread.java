package io.varve.web.testing;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A body that nobody waits for, such as that of a stream: its connection is closed. */
final class Unread implements BodySubscriber<String> {

  private final CompletableFuture<String> body = new CompletableFuture<>();

  @Override
  public CompletionStage<String> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.cancel();
    body.complete("");
  }

  @Override
  public void onNext(List<ByteBuffer> part) {}

  @Override
  public void onError(Throwable failure) {
    body.complete("");
  }

  @Override
  public void onComplete() {
    body.complete("");
  }
}
