import { useState } from "preact/hooks";
import { useAction, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Commands } from "../../core/types.ts";
import { Check } from "../../ui/Checks.tsx";
import { Failed, Notice } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";

const STAGES = ["week", "day", "hour"] as const;
type Wanted = Commands["reminder.set"][0];

/** Which reminders come before an event; each can be refused. */
export function Reminders() {
  const { data, error, again } = useQuery(() => ask("reminder.get", {}), []);
  const [chosen, setChosen] = useState<Wanted | undefined>(undefined);
  const saving = useAction();
  const shown = chosen ?? data;
  const change = async (next: Wanted) => {
    setChosen(next);
    const saved = await saving.run(async () => {
      await send("reminder.set", next);
      toast(t.reminders.saved);
    });
    if (!saved) {
      setChosen(undefined);
      again();
    }
  };
  return (
    <section class="section" aria-labelledby="rappels">
      <h2 id="rappels">{t.reminders.title}</h2>
      <p class="muted">{t.reminders.hint}</p>
      {error && <Failed error={error} again={again} />}
      {saving.error && <Notice kind="error">{saving.error}</Notice>}
      {shown && (
        <div class="card">
          {STAGES.map((stage) => (
            <Check
              key={stage}
              label={t.reminders[stage]}
              checked={shown[stage]}
              onChecked={(wanted) => {
                const { week, day, hour } = shown;
                void change({ week, day, hour, [stage]: wanted });
              }}
            />
          ))}
        </div>
      )}
    </section>
  );
}
