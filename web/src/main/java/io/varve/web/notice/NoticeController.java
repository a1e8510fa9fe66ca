package io.varve.web.notice;

import io.varve.events.access.Permission;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.notice.Notices;
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.http.Read;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS})
final class NoticeController implements Lists {

  @Override
  public Listing<?> listing() {
    return Notices.LISTING;
  }

  @Says("Lists what was noted of misuse, or of what might be misuse")
  @Needs(Permission.AUDIT_READ)
  @GetMapping("/api/notices")
  Page<NoticeView> list(ListRequest request, Read read) {
    return read.list(Notices.LISTING, request, NoticeView::of);
  }
}
