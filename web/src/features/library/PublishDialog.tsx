import { useState } from "preact/hooks";
import { useAction, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";
import {
  dayOfSlot,
  firstPlan,
  instantOfPlan,
  type Plan,
  type Slot,
  slotText,
  type When,
} from "./publishing.ts";

interface PublishProps {
  resource: Resource;
  onClose: () => void;
}

/** Now, on a Wednesday with what is already there in view, or at another time. */
export function PublishDialog({ resource, onClose }: PublishProps) {
  const { data, error, again } = useQuery(
    async () => (await ask("resource.review", { club: resource.club })).slots,
    [resource.club],
  );
  return (
    <Dialog title={lib.publish.title} onClose={onClose}>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && <Fields resource={resource} slots={data} onClose={onClose} />}
    </Dialog>
  );
}

function Fields({ resource, slots, onClose }: PublishProps & { slots: readonly Slot[] }) {
  const club = useSelect((now) => now.clubs[resource.club], [resource.club]);
  const [plan, setPlan] = useState(() => firstPlan(resource, slots));
  const [past, setPast] = useState(false);
  const publishing = useAction();
  const set = (part: Partial<Plan>) => setPlan({ ...plan, ...part });
  const submit = () => {
    const at = instantOfPlan(plan);
    const late = at !== undefined && !(at > Date.now());
    setPast(late);
    if (!late) {
      void publishing.run(async () => {
        await send("resource.publish", { resource: resource.id, ...(at ? { at } : {}) });
        toast(at ? lib.publish.planned : lib.publish.done);
        onClose();
      });
    }
  };
  return (
    <Form
      submit={plan.when === "now" ? lib.publish.yes : lib.publish.planYes}
      onSubmit={submit}
      onCancel={onClose}
      busy={publishing.busy}
      error={publishing.error}
    >
      {club && (
        <p>
          {lib.publish.rings(club.name)}{" "}
          {club.kind === "national" && (resource.territories ?? []).length > 0
            ? lib.publish.ringsToo
            : ""}
        </p>
      )}
      <Choices<When>
        label={lib.publish.when}
        value={plan.when}
        onValue={(when) => set({ when })}
        options={[
          { value: "now", label: lib.publish.now },
          ...(slots.length > 0
            ? [{ value: "wednesday" as const, label: lib.publish.wednesday }]
            : []),
          { value: "later", label: lib.publish.later },
        ]}
      />
      {plan.when === "wednesday" && (
        <div class="checks-tall slots">
          <Choices
            label={lib.publish.slot}
            value={plan.slot}
            onValue={(slot) => set({ slot })}
            options={slots.map((slot) => ({
              value: dayOfSlot(slot),
              label: lib.publish.slotLine(
                slotText(slot),
                slot.resources.filter(({ id }) => id !== resource.id).map(({ title }) => title),
              ),
            }))}
          />
        </div>
      )}
      {plan.when !== "now" && <Time plan={plan} set={set} past={past} />}
    </Form>
  );
}

interface TimeProps {
  plan: Plan;
  set: (part: Partial<Plan>) => void;
  past: boolean;
}

function Time({ plan, set, past }: TimeProps) {
  const error = past ? lib.publish.past : undefined;
  return (
    <div class="pair">
      {plan.when === "later" && (
        <TextField
          type="date"
          label={lib.publish.date}
          value={plan.date}
          onValue={(date) => set({ date })}
          error={error}
        />
      )}
      <TextField
        type="time"
        label={lib.publish.time}
        hint={lib.publish.zone}
        value={plan.time}
        onValue={(time) => set({ time })}
        error={plan.when === "wednesday" ? error : undefined}
      />
    </div>
  );
}
