package io.varve.web.mfa;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.ResetSecondFactor;
import io.varve.command.identity.SetUserMfaPolicy;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.auth.Accounts;
import io.varve.web.http.Body;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.mfa.MfaPolicyController.MfaPolicy;
import io.varve.web.openapi.Says;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What administrators decide of the second factor of others. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS, Root.CARRIER})
@RequestMapping("/api/users/{id}")
final class UserMfaController {

  private final SecondFactors secondFactors;
  private final Accounts accounts;

  UserMfaController(SecondFactors secondFactors, Accounts accounts) {
    this.secondFactors = secondFactors;
    this.accounts = accounts;
  }

  @Says("Decides whether a user must have a second factor, even where nobody else must")
  @Needs(Permission.POLICY_WRITE)
  @PutMapping("/mfa-policy")
  ResponseEntity<Written> policy(@PathVariable UUID id, @Body MfaPolicy policy, Write write) {
    return write.change(new SetUserMfaPolicy(new UserId(id), policy.required()));
  }

  @Says("Takes a lost second factor from a user, whose sessions all end")
  @Needs(Permission.USER_WRITE)
  @PostMapping("/mfa/reset")
  ResponseEntity<Written> reset(@PathVariable UUID id, Caller caller, Write write) {
    User was = accounts.find(caller.tenant(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    ResponseEntity<Written> answer = write.change(new ResetSecondFactor(was.id()));
    if (!Write.isReplayed(answer)) {
      secondFactors.clear(was);
    }
    return answer;
  }
}
