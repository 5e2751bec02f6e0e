import { useState } from "preact/hooks";
import { fullOf } from "../../core/dates.ts";
import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import { Failed, Loading } from "../../ui/Notice.tsx";

/** Each tick that was changed: what was signed can be argued about later. */
export function AttendanceLog({ event }: { event: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="section" onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary class="linklike">{t.attendance.log}</summary>
      {open && <Lines event={event} />}
    </details>
  );
}

function Lines({ event }: { event: number }) {
  const { data, error, again } = useQuery(() => ask("attendance.log", { event }), [event]);
  useFacts(["attendance.changed"], again);
  return (
    <>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && data.corrections.length === 0 && <p class="muted">{t.attendance.logEmpty}</p>}
      <ul class="list">
        {data?.corrections.map((line) => (
          <li class="small log-line" key={line.id}>
            <time>{fullOf(line.at)}</time>
            <span>
              {t.attendance.logLine(
                personName(line.person),
                t.attendance.to[wordOf(line.present)],
                personName(line.by),
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function wordOf(present: boolean | undefined): "present" | "absent" | "none" {
  return present === undefined ? "none" : present ? "present" : "absent";
}
