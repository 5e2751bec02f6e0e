// One event: what, when, where, who comes, and one's own place in it.

import { t } from "../../core/strings.ts";
import { Page } from "../../ui/Page.tsx";

export default function EventPage(_props: { id: number }) {
  return (
    <Page title={t.event.title} up={{ page: "agenda", query: {} }}>
      {null}
    </Page>
  );
}
