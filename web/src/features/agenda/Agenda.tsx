// What the Clubs do together, by day or by month.

import type { AgendaParams } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Page } from "../../ui/Page.tsx";

export default function Agenda(_props: { query: AgendaParams }) {
  return (
    <Page title={t.agenda.title} up={{ page: "today" }}>
      {null}
    </Page>
  );
}
