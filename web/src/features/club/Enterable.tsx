import { useAction, useFacts, useQuery } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";

/** Private channels that an administrator may enter; their members are told. */
export function Enterable({ club }: { club: number }) {
  const { data, again } = useQuery(() => ask("channel.enterable", { club }), [club]);
  useFacts(["access.gained", "access.lost"], again);
  const entering = useAction();
  const channels = data?.channels ?? [];
  const enter = (channel: number) =>
    void entering.run(async () => {
      await send("channel.enter", { channel });
      go({ page: "channel", club, channel });
    });
  if (channels.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="prives">
      <h2 id="prives">{t.channel.enterTitle}</h2>
      <p class="muted">{t.channel.enterHint}</p>
      {entering.error && <Notice kind="error">{entering.error}</Notice>}
      <ul class="list">
        {channels.map((channel) => (
          <li class="list-item" key={channel.id}>
            <span class="grow">{channel.name}</span>
            <Button
              small
              busy={entering.busy}
              label={`${t.channel.enter} : ${channel.name}`}
              onClick={() => enter(channel.id)}
            >
              {t.channel.enter}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
