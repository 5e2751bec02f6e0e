import { useEffect } from "preact/hooks";
import { fetchChannel } from "../../core/fetch.ts";
import { useAction } from "../../core/hooks.ts";
import { state } from "../../core/live.ts";
import { channelRoute, go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { fetchMessage } from "./pages.ts";

/** Finds where a message lives, and goes there. */
export default function Permalink({ message }: { message: number }) {
  const finding = useAction();
  const find = () =>
    void finding.run(async () => {
      const found = await fetchMessage(message);
      if (!state.peek().channels[found.channel]) {
        await fetchChannel(found.channel);
      }
      const channel = state.peek().channels[found.channel];
      if (channel) {
        go(
          channelRoute(channel, {
            at: found.id,
            ...(found.thread ? { thread: found.thread } : {}),
          }),
          "replace",
        );
      }
    });
  useEffect(find, [message]);
  if (!finding.error) {
    return (
      <main class="main" id="contenu" tabIndex={-1}>
        <Loading />
      </main>
    );
  }
  return (
    <Page title={t.message.linkTo}>
      <Failed error={finding.error} again={find} />
    </Page>
  );
}
