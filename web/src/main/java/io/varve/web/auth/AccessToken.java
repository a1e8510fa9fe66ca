package io.varve.web.auth;

/**
 * An access token. A refresh token comes beside it, in a cookie.
 *
 * @param expiresIn seconds
 * @param secondFactor whether a second factor is owed before anything else can be done
 */
public record AccessToken(
    String accessToken, String tokenType, long expiresIn, Sessions.SecondFactor secondFactor) {}
