// Which page for which address. The only place that knows all features.

import { useEffect } from "preact/hooks";
import { restore } from "./core/outbox.ts";
import { loaded, session, state } from "./core/live.ts";
import { go, hrefOf, type Route, route } from "./core/router.ts";
import { t } from "./core/strings.ts";
import Conversation from "./features/conversation/Conversation.tsx";
import { Shell } from "./features/shell/Shell.tsx";
import Today from "./features/today/Today.tsx";
import { lazy } from "./lazy.tsx";
import { Empty, Loading } from "./ui/Notice.tsx";
import { Page } from "./ui/Page.tsx";

const Visitor = lazy(() => import("./features/visitor/index.tsx"));
const TextPage = lazy(() => import("./features/pages/TextPage.tsx"));
const Club = lazy(() => import("./features/club/Club.tsx"));
const Members = lazy(() => import("./features/members/Members.tsx"));
const Channels = lazy(() => import("./features/channels/Channels.tsx"));
const Directs = lazy(() => import("./features/directs/Directs.tsx"));
const Permalink = lazy(() => import("./features/conversation/Permalink.tsx"));
const Search = lazy(() => import("./features/search/Search.tsx"));
const Saved = lazy(() => import("./features/saved/Saved.tsx"));
const Threads = lazy(() => import("./features/saved/Threads.tsx"));
const Settings = lazy(() => import("./features/settings/Settings.tsx"));
const Persons = lazy(() => import("./features/persons/Persons.tsx"));

export function App() {
  const to = route.value;
  const me = loaded.value ? state.value.me.id : 0;
  useEffect(() => {
    if (me) {
      restore(me);
    }
    if (me && (route.peek().page === "login" || route.peek().page === "forgot")) {
      go({ page: "today" }, "replace");
    }
  }, [me]);
  if (to.page === "text" && session.value !== "open") {
    return <TextPage slug={to.slug} />;
  }
  if (to.page === "invitation" || to.page === "reset" || session.value === "anonymous") {
    return <Visitor />;
  }
  if (!me) {
    return <Loading />;
  }
  return (
    <Shell>
      <Inside to={to} />
    </Shell>
  );
}

function Inside({ to }: { to: Route }) {
  switch (to.page) {
    case "today":
    case "places":
    case "login":
    case "forgot":
    case "invitation":
    case "reset":
      return <Today />;
    case "club":
      return <Club key={to.club} id={to.club} />;
    case "members":
      return <Members key={to.club} club={to.club} />;
    case "channels":
      return <Channels key={to.club} club={to.club} />;
    case "channel":
    case "direct":
      return <Conversation id={to.channel} at={to.at} thread={to.thread} panel={to.panel} />;
    case "directs":
      return <Directs />;
    case "message":
      return <Permalink message={to.message} />;
    case "search":
      return <Search query={to.query} />;
    case "saved":
      return <Saved />;
    case "threads":
      return <Threads />;
    case "settings":
      return <Settings />;
    case "persons":
      return <Persons />;
    case "text":
      return <TextPage slug={to.slug} />;
    case "lost":
      return <Lost />;
  }
}

function Lost() {
  return (
    <Page title={t.errors.lostTitle}>
      <Empty title={t.errors.lostTitle}>
        <p>{t.errors.lost}</p>
        <p>
          <a class="button" href={hrefOf({ page: "today" })}>
            {t.errors.toToday}
          </a>
        </p>
      </Empty>
    </Page>
  );
}
