import { t } from "../../core/strings.ts";
import { instantOf, timesOf, wallOf, zoneName } from "../../core/time.ts";
import type { Zone } from "../../core/types.ts";
import { Check } from "../../ui/Checks.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { type EventDraft, endOf, startOf } from "./form.ts";
import type { EventForm } from "./useEventForm.ts";

const ZONES = Object.keys(t.time.zones) as Zone[];
const HOUR_MS = 3_600_000;
const USUAL_MS = 2 * HOUR_MS; // how long an event lasts until somebody says otherwise

/** Date and time as they are where it takes place; what they are elsewhere is said beside. */
export function FormWhen({ form }: { form: EventForm }) {
  const { draft, set, error } = form;
  return (
    <Group title={t.eventForm.when}>
      <Check
        label={t.eventForm.allDay}
        checked={draft.allDay}
        onChecked={(allDay) => set({ allDay })}
      />
      <div class="pair">
        <TextField
          type="date"
          label={draft.allDay ? t.eventForm.startDate : t.eventForm.oneDate}
          value={draft.startDate}
          onValue={(startDate) => set(withStart(draft, { startDate }))}
          error={error("starts_at")}
        />
        {!draft.allDay && (
          <TextField
            type="time"
            label={t.eventForm.startTime}
            value={draft.startTime}
            onValue={(startTime) => set(withStart(draft, { startTime }))}
          />
        )}
      </div>
      <div class="pair">
        <TextField
          type="date"
          label={draft.allDay ? t.eventForm.endDate : t.eventForm.oneEndDate}
          value={draft.endDate}
          onValue={(endDate) => set({ endDate })}
          error={error("ends_at")}
        />
        {!draft.allDay && (
          <TextField
            type="time"
            label={t.eventForm.endTime}
            value={draft.endTime}
            onValue={(endTime) => set({ endTime })}
          />
        )}
      </div>
      <Select<Zone>
        label={t.eventForm.zone}
        value={draft.zone}
        onValue={(zone) => set({ zone })}
        options={ZONES.map((zone) => ({ value: zone, label: t.time.zones[zone] ?? zone }))}
        error={error("zone")}
      />
      <Elsewhere draft={draft} />
    </Group>
  );
}

/** An end that was not given, or comes too early, follows the start. */
function withStart(draft: EventDraft, part: Partial<EventDraft>): Partial<EventDraft> {
  const next = { ...draft, ...part };
  const start = startOf(next);
  if (next.allDay || Number.isNaN(start)) {
    const early = next.endDate === "" || next.endDate < next.startDate;
    return early ? { ...part, endDate: next.startDate } : part;
  }
  if (endOf(next) > start) {
    return part;
  }
  const lasted = endOf(draft) - startOf(draft);
  const { day, time } = wallOf(start + (lasted > 0 ? lasted : USUAL_MS), next.zone);
  return { ...part, endDate: day, endTime: time };
}

/** The same moment in Paris and for the reader, where it is another hour; what is odd about it. */
function Elsewhere({ draft }: { draft: EventDraft }) {
  const { zone, allDay } = draft;
  const when = { starts_at: startOf(draft), ends_at: endOf(draft), zone, all_day: allDay };
  const known = when.ends_at > when.starts_at && !allDay;
  const told = known ? timesOf(when) : [];
  const others = told.filter(({ place }) => place !== "" && place !== zoneName(zone));
  const odd = allDay ? undefined : (oddOf(draft, "start") ?? oddOf(draft, "end"));
  return (
    <div aria-live="polite" class="stack-s">
      {odd && <Notice kind="caution">{odd}</Notice>}
      {others.map(({ place, text }) => (
        <p class="small muted" key={place}>
          {t.eventForm.elsewhere(text, place)}
        </p>
      ))}
    </div>
  );
}

/** Where clocks change: an hour that does not exist that day, or comes twice. */
function oddOf(draft: EventDraft, which: "start" | "end"): string | undefined {
  const wall =
    which === "start"
      ? { day: draft.startDate, time: draft.startTime }
      : { day: draft.endDate, time: draft.endTime };
  const at = wall.day && wall.time ? instantOf(wall, draft.zone) : Number.NaN;
  if (Number.isNaN(at)) {
    return undefined;
  }
  const read = wallOf(at, draft.zone).time;
  if (read !== wall.time) {
    return t.eventForm.skipped(read);
  }
  const again = wallOf(at + HOUR_MS, draft.zone).time === wall.time;
  return again ? t.eventForm.doubled(read) : undefined;
}
