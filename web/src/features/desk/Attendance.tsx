// Who was there: ticked at the door on a phone, or from the sheet that was signed.

import { computed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useEvent } from "../../core/events.ts";
import { fold } from "../../core/fold.ts";
import { onEachFact } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, Registration } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { AttendanceLog } from "./AttendanceLog.tsx";
import { RegisterDialog } from "./RegisterDialog.tsx";
import { Sheet } from "./Sheet.tsx";
import { TickRow } from "./TickRow.tsx";
import { Ticks } from "./ticks.ts";
import { type Registrations, useRegistrations } from "./useRegistrations.ts";

export interface Seated extends Registration {
  person: NonNullable<Registration["person"]>;
}

export default function Attendance({ event: id }: { event: number }) {
  const { event } = useEvent(id);
  const list = useRegistrations(id);
  const seated = useMemo(() => seatedOf(list.rows ?? []), [list.rows]);
  const ticks = useTicks(id, list);
  return (
    <Page
      title={t.attendance.title}
      up={{ page: "event", event: id }}
      above={event && <a href={hrefOf({ page: "event", event: id })}>{event.title}</a>}
    >
      <div class="no-print">
        {event && <Tools event={event} rows={list.rows ?? []} onChange={list.again} />}
        {list.error && <Failed error={list.error} again={list.again} />}
        {!list.rows && !list.error && <Loading />}
        {list.rows && seated.length === 0 && <Empty title={t.attendance.empty} />}
        {seated.length > 0 && <TickList seated={seated} ticks={ticks} />}
        {event && list.rows && <AttendanceLog event={id} />}
      </div>
      {event && <Sheet event={event} seated={seated} />}
    </Page>
  );
}

/** As a sheet has them: by what follows the first name. */
function seatedOf(rows: readonly Registration[]): Seated[] {
  const key = ({ person }: Seated) => person.name.replace(/^\S+\s+/, "");
  return rows
    .filter((row): row is Seated => row.person !== undefined)
    .filter((row) => row.state === "seated" || row.present !== undefined)
    .sort((a, b) => key(a).localeCompare(key(b), "fr") || a.id - b.id);
}

function useTicks(event: number, { rows, seq }: Registrations): Ticks {
  const ticks = useMemo(() => new Ticks(event), [event]);
  useEffect(() => {
    for (const { person, present } of rows ?? []) {
      if (person) {
        ticks.learn(person.id, present ?? null, seq);
      }
    }
  }, [ticks, rows]);
  useEffect(() => {
    const off = onEachFact((fact) => {
      if (fact.fact === "attendance.changed" && fact.event === event) {
        ticks.learn(fact.person, fact.present ?? null, fact.seq);
      }
    });
    return () => {
      off();
      ticks.stop();
    };
  }, [ticks]);
  return ticks;
}

function TickList({ seated, ticks }: { seated: readonly Seated[]; ticks: Ticks }) {
  const [text, setText] = useState("");
  const wanted = fold(text.trim());
  const rows = useMemo(
    () =>
      seated.map(({ person }) => ({
        id: person.id,
        words: fold(`${person.name} ${person.function ?? ""}`),
        row: <TickRow person={person} ticks={ticks} />, // drawn again by its own tick only
      })),
    [seated, ticks],
  );
  const isShown = (words: string) => words.includes(wanted);
  return (
    <>
      <div class="tick-head">
        <input
          class="input"
          type="search"
          aria-label={t.attendance.search}
          placeholder={t.attendance.search}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <TickCounts seated={seated} ticks={ticks} />
      </div>
      {!rows.some(({ words }) => isShown(words)) && <p class="muted">{t.attendance.none}</p>}
      <ul class="list">
        {rows.map(({ id, words, row }) => (
          <li key={id} class="tick-row" hidden={!isShown(words)}>
            {row}
          </li>
        ))}
      </ul>
    </>
  );
}

function TickCounts({ seated, ticks }: { seated: readonly Seated[]; ticks: Ticks }) {
  const counts = useMemo(
    () =>
      computed(() => {
        const marks = seated.map(({ person }) => ticks.of(person.id).value.tick);
        return {
          present: marks.filter((tick) => tick === true).length,
          left: marks.filter((tick) => tick === null).length,
        };
      }),
    [seated, ticks],
  );
  const { present, left } = counts.value;
  const unsent = ticks.unsent.value;
  return (
    <p class="small figures" role="status">
      <strong>{t.attendance.counts(present, seated.length)}</strong>{" "}
      <span class="muted">· {t.attendance.left(left)}</span>
      {unsent > 0 && <span class="caution"> · {t.attendance.pending(unsent)}</span>}
    </p>
  );
}

/** So long after its end one may still enter who signed the sheet of paper. */
const OPEN_MS = 60 * 86_400_000;

interface ToolsProps {
  event: ClubEvent;
  rows: readonly Registration[];
  onChange: () => void;
}

function Tools({ event, rows, onChange }: ToolsProps) {
  const [adding, setAdding] = useState(false);
  const without = rows.flatMap((row) =>
    row.person && row.state === "seated" ? [row.person.id] : [],
  );
  return (
    <div class="row">
      <Button small icon="printer" onClick={() => window.print()}>
        {t.attendance.print}
      </Button>
      {event.state === "published" && event.ends_at + OPEN_MS > Date.now() && (
        <Button small icon="plus" onClick={() => setAdding(true)}>
          {t.registrations.register}
        </Button>
      )}
      {adding && (
        <RegisterDialog {...{ event, without, onChange }} onClose={() => setAdding(false)} />
      )}
    </div>
  );
}
