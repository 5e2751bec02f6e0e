import { useAction, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { Check } from "../../ui/Checks.tsx";
import { Failed, Notice } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";

const STAGES = ["week", "day", "hour"] as const;

/** Which reminders come before an event; each can be refused. */
export function Reminders() {
  const { data, error, again } = useQuery(() => ask("reminder.get", {}), []);
  const saving = useAction();
  const change = (stage: (typeof STAGES)[number], wanted: boolean) =>
    data &&
    void saving.run(async () => {
      const { week, day, hour } = data;
      await send("reminder.set", { week, day, hour, [stage]: wanted });
      toast(t.reminders.saved);
      again();
    });
  return (
    <section class="section" aria-labelledby="rappels">
      <h2 id="rappels">{t.reminders.title}</h2>
      <p class="muted">{t.reminders.hint}</p>
      {error && <Failed error={error} again={again} />}
      {saving.error && <Notice kind="error">{saving.error}</Notice>}
      {data && (
        <div class="card">
          {STAGES.map((stage) => (
            <Check
              key={stage}
              label={t.reminders[stage]}
              checked={data[stage]}
              onChecked={(wanted) => change(stage, wanted)}
            />
          ))}
        </div>
      )}
    </section>
  );
}
