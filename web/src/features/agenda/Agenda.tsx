// What the Clubs do together: a list by day, what is near first, or a month.

import { useEvents } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { myClubs } from "../../core/places.ts";
import { type AgendaParams, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { Filters } from "./Filters.tsx";
import { List } from "./List.tsx";
import { Month } from "./Month.tsx";
import { eventsIn, instantsOf, spanOf } from "./span.ts";

export default function Agenda({ query }: { query: AgendaParams }) {
  const span = spanOf(query);
  const { ready, error, again } = useEvents(instantsOf(span));
  const state = useSelect((now) => now, []);
  const events = eventsIn(state, query, span);
  const known = ready || events.length > 0;
  return (
    <Page title={t.agenda.title} tools={<Tools query={query} />}>
      <Filters query={query} />
      {error && <Failed error={error} again={again} />}
      {query.vue === "mois" ? (
        <Month query={query} events={events} />
      ) : (
        known && <List query={query} span={span} events={events} ready={ready} />
      )}
      {!known && !error && query.vue !== "mois" && <Loading />}
    </Page>
  );
}

function Tools({ query }: { query: AgendaParams }) {
  const club = useSelect((now) => myClubs(now).find((one) => one.can.includes("manage"))?.id, []);
  const { vue: _vue, mois: _mois, passes: _passes, ...filters } = query;
  return (
    <div class="row">
      <nav class="tabs" aria-label={t.agenda.views}>
        <a
          href={hrefOf({ page: "agenda", query: filters })}
          aria-current={query.vue ? undefined : "page"}
        >
          {t.agenda.list}
        </a>
        <a
          href={hrefOf({ page: "agenda", query: { ...filters, vue: "mois" } })}
          aria-current={query.vue ? "page" : undefined}
        >
          {t.agenda.month}
        </a>
      </nav>
      {club !== undefined && (
        <a class="button" href={hrefOf({ page: "eventNew", club })}>
          <Icon name="plus" />
          {t.agenda.add}
        </a>
      )}
    </div>
  );
}
