import { useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, learn, limits, send } from "../../core/live.ts";
import { placeName } from "../../core/names.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Quote } from "../../ui/message/Quote.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";

export default function Saved() {
  const { data, error, again } = useQuery(async () => {
    const { seq, messages } = await ask("saved.list", { limit: limits.value.list_max });
    learn({ seq, messages, saved: messages.map((message) => message.id) });
    return messages.map((message) => message.id);
  }, []);
  useFacts(["saved.changed"], again);
  const messages = useSelect((now) => now.messages, []);
  const saved = (data ?? [])
    .map((id) => messages[id])
    .filter((one): one is Message => one !== undefined);
  return (
    <Page title={t.saved.title} up={{ page: "places" }}>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && saved.length === 0 && (
        <Empty title={t.saved.emptyTitle}>
          <p>{t.saved.empty}</p>
        </Empty>
      )}
      <ul class={saved.length > 0 ? "card card-flush list" : ""}>
        {saved.map((message) => (
          <SavedItem key={message.id} message={message} />
        ))}
      </ul>
    </Page>
  );
}

function SavedItem({ message }: { message: Message }) {
  const place = useSelect(
    (now) => {
      const channel = now.channels[message.channel];
      return channel ? placeName(now, channel) : "";
    },
    [message.channel],
  );
  const remove = () =>
    void send("saved.set", { message: message.id, saved: false }).catch((error: unknown) =>
      toast(messageOf(error)),
    );
  return (
    <li class="with-tool">
      <div class="grow">
        <Quote message={message} place={place} />
      </div>
      <IconButton icon="close" label={t.saved.remove} onClick={remove} />
    </li>
  );
}
