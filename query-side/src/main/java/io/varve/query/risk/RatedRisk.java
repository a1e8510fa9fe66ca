package io.varve.query.risk;

import io.varve.events.posture.RiskScore;
import io.varve.events.risk.Risk;
import io.varve.query.Document;

/** A risk and its score, with every term. */
public record RatedRisk(Document<Risk> risk, RiskScore score) {}
