import { t } from "../../core/strings.ts";
import type { RegistrationMode } from "../../core/types.ts";
import { Choices, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import type { EventForm } from "./useEventForm.ts";

const MODES: readonly RegistrationMode[] = ["open", "approval", "invitation", "none"];

/** How one registers, how many may, until when. */
export function FormRegistration({ form }: { form: EventForm }) {
  const { draft, set, error } = form;
  return (
    <Group title={t.eventForm.registrations}>
      <Choices<RegistrationMode>
        label={t.eventForm.mode}
        value={draft.registration}
        onValue={(registration) => set({ registration })}
        options={MODES.map((value) => ({ value, label: t.eventForm.modes[value] }))}
        error={error("registration")}
      />
      {draft.registration !== "none" && (
        <>
          <div class="pair">
            <TextField
              optional
              inputMode="numeric"
              label={t.eventForm.capacity}
              hint={t.eventForm.capacityHint}
              value={draft.capacity}
              onValue={(capacity) => set({ capacity })}
              error={error("capacity")}
            />
            {draft.capacity.trim() !== "" && (
              <TextField
                inputMode="numeric"
                label={t.eventForm.hold}
                hint={t.eventForm.holdHint}
                value={draft.holdHours}
                onValue={(holdHours) => set({ holdHours })}
                error={error("hold_hours")}
              />
            )}
          </div>
          <div class="pair">
            <TextField
              optional
              type="date"
              label={t.eventForm.deadlineDate}
              hint={t.eventForm.deadlineHint}
              value={draft.deadlineDate}
              onValue={(deadlineDate) => set({ deadlineDate })}
              error={error("deadline_at")}
            />
            {draft.deadlineDate !== "" && (
              <TextField
                optional
                type="time"
                label={t.eventForm.deadlineTime}
                value={draft.deadlineTime}
                onValue={(deadlineTime) => set({ deadlineTime })}
              />
            )}
          </div>
        </>
      )}
    </Group>
  );
}
