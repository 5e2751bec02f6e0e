import { useEffect, useMemo } from "preact/hooks";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { placeName } from "../../core/names.ts";
import { channelRoute, go } from "../../core/router.ts";
import { stretchKey } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { attach } from "./attach.ts";
import { Composer } from "./Composer.tsx";
import { MessageRow } from "./MessageRow.tsx";
import { fetchMessage } from "./pages.ts";
import { SidePanel } from "./SidePanel.tsx";
import { Stream } from "./Stream.tsx";

export function ThreadPanel({
  channel,
  thread,
  at,
}: {
  channel: Channel;
  thread: number;
  at?: number;
}) {
  const root = useSelect((now) => now.messages[thread], [thread]);
  const follow = useSelect((now) => now.follows[thread], [thread]);
  const place = useSelect((now) => placeName(now, channel), [channel]);
  // As it was when the thread was opened.
  const freshAfter = useMemo(() => (follow?.unread ? follow.position : undefined), [thread]);
  const loading = useAction();
  const load = () => void loading.run(async () => void (await fetchMessage(thread)));
  useEffect(() => {
    if (!root) {
      load();
    }
  }, [thread]);
  const isReply = useSelect(
    (now) => Boolean(at && now.messages[at]?.thread === thread),
    [at, thread],
  );
  const toggle = () =>
    void send("thread.follow", { thread, follow: !follow })
      .then(() => toast(follow ? t.thread.unfollowed : t.thread.following))
      .catch(() => toast(t.errors.unreachable));
  const close = () => go(channelRoute(channel));
  const mayReply = channel.mine.can.includes("write") && !root?.deleted;
  const key = stretchKey(channel.id, thread);
  return (
    <SidePanel
      title={t.thread.title}
      onClose={close}
      onFiles={mayReply ? (files) => attach(key, files) : undefined}
      tools={
        <IconButton
          icon="bell"
          pressed={Boolean(follow)}
          label={follow ? t.thread.unfollow : t.thread.follow}
          onClick={toggle}
        />
      }
    >
      {loading.error && <Failed error={loading.error} again={load} />}
      {root && (
        <ul class="thread-root" aria-label={t.thread.root}>
          <MessageRow
            message={root}
            first
            fresh={false}
            target={false}
            inThread
            tabbable
            onFocus={() => {}}
          />
        </ul>
      )}
      <Stream
        channel={channel.id}
        thread={thread}
        at={isReply ? at : undefined}
        name={`${t.thread.title} · ${place}`}
        readUpTo={0}
        freshAfter={freshAfter}
        empty={t.thread.empty}
      />
      {mayReply && (
        <Composer
          channel={channel}
          thread={thread}
          label={t.thread.title}
          placeholder={t.composer.placeholderThread}
          submit={t.composer.reply}
          autoFocus
        />
      )}
    </SidePanel>
  );
}
