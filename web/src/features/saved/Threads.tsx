import { useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, learn, limits } from "../../core/live.ts";
import { placeName } from "../../core/names.ts";
import { channelRoute, hrefOf } from "../../core/router.ts";
import type { Follow } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import { Quote } from "../../ui/message/Quote.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";

export default function Threads() {
  const { data, error, again } = useQuery(async () => {
    const { seq, threads } = await ask("thread.list", { limit: limits.value.list_max });
    learn({
      seq,
      follows: threads.map((thread) => thread.mine),
      messages: threads.map((thread) => thread.root),
    });
    return true;
  }, []);
  useFacts(["thread.read"], again);
  const follows = useSelect((now) => now.follows, []);
  const list = Object.values(follows).sort(
    (a, b) => Number(b.unread > 0) - Number(a.unread > 0) || b.thread - a.thread,
  );
  return (
    <Page title={t.threads.title} up={{ page: "places" }}>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && list.length === 0 && (
        <Empty title={t.threads.emptyTitle}>
          <p>{t.threads.empty}</p>
        </Empty>
      )}
      <ul class={list.length > 0 ? "card card-flush list" : ""}>
        {list.map((follow) => (
          <ThreadItem key={follow.thread} follow={follow} />
        ))}
      </ul>
    </Page>
  );
}

function ThreadItem({ follow }: { follow: Follow }) {
  const root = useSelect((now) => now.messages[follow.thread], [follow.thread]);
  const channel = useSelect((now) => now.channels[follow.channel], [follow.channel]);
  const place = useSelect((now) => (channel ? placeName(now, channel) : ""), [channel]);
  if (!root || !channel) {
    return null;
  }
  const news =
    follow.unread > 0 ? (
      <strong>{t.today.replies(follow.unread)}</strong>
    ) : (
      t.message.replies(root.replies ?? 0)
    );
  return (
    <li>
      <Quote
        message={root}
        place={
          <>
            {place} · {news}
          </>
        }
        to={hrefOf(channelRoute(channel, { thread: root.id }))}
      />
    </li>
  );
}
