import { useQuery, useSelect } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { Failed, Loading } from "../../ui/Notice.tsx";

interface Counts {
  invited: number;
  registered: number;
  waiting: number;
  present: number;
}
const COLUMNS: readonly (keyof Counts)[] = ["invited", "registered", "waiting", "present"];

/** Invited, registered, waiting, present: in all, by role, by département. */
export function Figures({ of, label }: { of: { event?: number; club?: number }; label: string }) {
  const { data, error, again } = useQuery(() => ask("attendance.summary", of), [of.event, of.club]);
  const clubs = useSelect((now) => now.clubs, []);
  const placeOf = (code: string | undefined) => {
    const club = Object.values(clubs).find((one) => one.departement === code);
    return !code ? t.clubEvents.nationalOrNone : club ? `${club.name} (${code})` : code;
  };
  if (error) {
    return <Failed error={error} again={again} />;
  }
  if (!data) {
    return <Loading />;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={label}>
      <table class="table figures">
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t.clubEvents.columns.who}</th>
            {COLUMNS.map((column) => (
              <th scope="col" key={column}>
                {t.clubEvents.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={t.clubEvents.all} counts={data.all} strong />
        </tbody>
        <Body
          title={t.clubEvents.byRole}
          rows={data.roles.map((one) => ({ ...one, name: t.roles[one.role] }))}
        />
        <Body
          title={t.clubEvents.byDepartement}
          rows={data.departements.map((one) => ({ ...one, name: placeOf(one.departement) }))}
        />
      </table>
    </section>
  );
}

function Body({ title, rows }: { title: string; rows: readonly (Counts & { name: string })[] }) {
  return rows.length === 0 ? null : (
    <tbody>
      <tr class="table-part">
        <th scope="rowgroup" colSpan={COLUMNS.length + 1}>
          {title}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.name} name={row.name} counts={row} />
      ))}
    </tbody>
  );
}

function Row({ name, counts, strong }: { name: string; counts: Counts; strong?: boolean }) {
  return (
    <tr class={strong ? "strong" : undefined}>
      <th scope="row">{name}</th>
      {COLUMNS.map((column) => (
        <td key={column}>{counts[column]}</td>
      ))}
    </tr>
  );
}
