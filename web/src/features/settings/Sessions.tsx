import { dateOf } from "../../core/dates.ts";
import { useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** Where the account is open; closing one cuts it at once. */
export function Sessions() {
  const { data, error, again } = useQuery(() => ask("session.list", {}), []);
  const revoke = (session: number) =>
    void send("session.revoke", { session }).then(
      () => {
        toast(t.settings.revoked);
        again();
      },
      (reason: unknown) => toast(messageOf(reason)),
    );
  return (
    <section class="section" aria-labelledby="sessions">
      <h2 id="sessions">{t.settings.sessions}</h2>
      <p class="muted">{t.settings.sessionsHint}</p>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      <ul class="list">
        {data?.sessions.map((session) => (
          <li class="list-item" key={session.id}>
            <div class="grow">
              <p>
                <strong>{session.label}</strong>{" "}
                {session.current && <span class="tag">{t.settings.current}</span>}
                {session.kind === "token" && <span class="tag">{t.settings.token}</span>}
              </p>
              <p class="small muted">
                {t.settings.opened(dateOf(session.created_at))} ·{" "}
                {t.settings.seen(dateOf(session.seen_at))}
              </p>
            </div>
            {!session.current && (
              <Button
                small
                label={t.settings.revokeLabel(session.label)}
                onClick={() => revoke(session.id)}
              >
                {t.settings.revoke}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
