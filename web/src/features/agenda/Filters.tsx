import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { myClubs } from "../../core/places.ts";
import { type AgendaParams, go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Field.tsx";
import { kindOf } from "./span.ts";

export function Filters({ query }: { query: AgendaParams }) {
  const clubs = useSelect(myClubs, []);
  const themes = useThemes();
  const active = Boolean(query.club || query.theme || query.type);
  const change = (part: Partial<AgendaParams>) =>
    go({ page: "agenda", query: { ...query, ...part } }, "replace");
  return (
    <search class="agenda-search">
      <button
        type="button"
        class="button toggle"
        aria-pressed={query.miens === "oui"}
        onClick={() => change({ miens: query.miens ? undefined : "oui" })}
      >
        {t.agenda.mine}
      </button>
      <details class="filters-box grow" open={active}>
        <summary>{t.agenda.filters}</summary>
        <div class="filters">
          <Select
            label={t.agenda.club}
            value={String(query.club ?? "")}
            options={[
              { value: "", label: t.agenda.allClubs },
              ...clubs.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            onValue={(value) => change({ club: Number(value) || undefined })}
          />
          <Select
            label={t.agenda.theme}
            value={String(query.theme ?? "")}
            options={[
              { value: "", label: t.agenda.allThemes },
              ...themes.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            onValue={(value) => change({ theme: Number(value) || undefined })}
          />
          <Select
            label={t.agenda.kind}
            value={kindOf(query.type) ?? ""}
            options={[
              { value: "", label: t.agenda.allKinds },
              ...Object.entries(t.kinds).map(([value, label]) => ({ value, label })),
            ]}
            onValue={(value) => change({ type: value || undefined })}
          />
        </div>
        {active && (
          <Button
            kind="quiet"
            onClick={() => change({ club: undefined, theme: undefined, type: undefined })}
          >
            {t.agenda.clear}
          </Button>
        )}
      </details>
    </search>
  );
}
