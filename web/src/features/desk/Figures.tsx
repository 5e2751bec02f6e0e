import { useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { Failed, Loading } from "../../ui/Notice.tsx";

type Column = "invited" | "registered" | "waiting" | "present";
const COLUMNS: readonly Column[] = ["invited", "registered", "waiting", "present"];
interface Line {
  key: number | string;
  name: string;
  counts: Readonly<Record<Column, number>>;
}

/** Invited, registered, waiting, present: in all, by role, by département. */
export function Figures({ of, label }: { of: { event?: number; club?: number }; label: string }) {
  const { data, error, again } = useQuery(() => ask("attendance.summary", of), [of.event, of.club]);
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
          <Row line={{ key: 0, name: t.clubEvents.all, counts: data.total }} strong />
        </tbody>
        <Body
          title={t.clubEvents.byRole}
          lines={data.roles.map(({ role, counts }) => ({
            key: role,
            name: t.roles[role],
            counts,
          }))}
        />
        <Body
          title={t.clubEvents.byDepartement}
          lines={data.departements.map(({ departement = "", name, counts }) => ({
            key: departement,
            name: name ? `${name} (${departement})` : t.clubEvents.nationalOrNone,
            counts,
          }))}
        />
        <Body
          title={t.clubEvents.byEvent}
          lines={(data.events ?? []).map(({ event, title, counts }) => ({
            key: event,
            name: title,
            counts,
          }))}
        />
      </table>
    </section>
  );
}

function Body({ title, lines }: { title: string; lines: readonly Line[] }) {
  return lines.length === 0 ? null : (
    <tbody>
      <tr class="table-part">
        <th scope="rowgroup" colSpan={COLUMNS.length + 1}>
          {title}
        </th>
      </tr>
      {lines.map((line) => (
        <Row key={line.key} line={line} />
      ))}
    </tbody>
  );
}

function Row({ line, strong }: { line: Line; strong?: boolean }) {
  return (
    <tr class={strong ? "strong" : undefined}>
      <th scope="row">{line.name}</th>
      {COLUMNS.map((column) => (
        <td key={column}>{line.counts[column]}</td>
      ))}
    </tr>
  );
}
