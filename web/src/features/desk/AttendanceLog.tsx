import { useState } from "preact/hooks";
import { fullOf } from "../../core/dates.ts";
import { useFacts, usePages } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Commands } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";

type Tick = Commands["attendance.log"][1]["ticks"][number];

/** Each tick and each correction: what was signed can be argued about later. */
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
  const list = usePages(
    async (last?: Tick) => {
      const cursor = last ? { cursor: last.id } : {};
      const { ticks, next } = await ask("attendance.log", { event, ...cursor });
      return { items: ticks, more: next !== undefined };
    },
    [event],
  );
  useFacts(["attendance.changed"], list.again);
  return (
    <>
      {list.error && <Failed error={list.error} again={list.again} />}
      {!list.items && !list.error && <Loading />}
      {list.items?.length === 0 && <p class="muted">{t.attendance.logEmpty}</p>}
      <ul class="list">
        {list.items?.map((tick) => (
          <li class="small log-line" key={tick.id}>
            <time>{fullOf(tick.at)}</time>
            <span>
              {t.attendance.logLine(
                personName(tick.person),
                t.attendance.to[wordOf(tick.present)],
                personName(tick.by),
              )}
            </span>
          </li>
        ))}
      </ul>
      {list.more && <Button onClick={list.next}>{t.loadMore}</Button>}
    </>
  );
}

function wordOf(tick: boolean | undefined): "present" | "absent" | "none" {
  return tick === undefined ? "none" : tick ? "present" : "absent";
}
