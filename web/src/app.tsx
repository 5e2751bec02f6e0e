// Which page for which address. The only place that knows all features.

import { useEffect } from "preact/hooks";
import { loaded, session, state } from "./core/live.ts";
import { narrow } from "./core/narrow.ts";
import { restore } from "./core/outbox.ts";
import { go, hrefOf, type Route, route } from "./core/router.ts";
import { t } from "./core/strings.ts";
import { useTitle } from "./core/title.ts";
import { Shell } from "./features/shell/Shell.tsx";
import Today from "./features/today/Today.tsx";
import { lazy } from "./lazy.tsx";
import { Empty, Loading } from "./ui/Notice.tsx";
import { Page } from "./ui/Page.tsx";

// Fetched when first needed, by what is used together: fewer and larger files on a slow line.
const talk = () => import("./parts/talk.ts");
const read = () => import("./parts/read.ts");
const events = () => import("./parts/events.ts");
const people = () => import("./parts/people.ts");
const desk = () => import("./parts/desk.ts");
const library = () => import("./parts/library.ts");
const shelf = () => import("./parts/shelf.ts");
const manage = () => import("./parts/manage.ts");
const Visitor = lazy(
  () => import("./features/visitor/index.tsx"),
  (part) => part.default,
);
const TextPage = lazy(
  () => import("./features/pages/TextPage.tsx"),
  (part) => part.default,
);
const Conversation = lazy(talk, (part) => part.Conversation);
const Permalink = lazy(talk, (part) => part.Permalink);
const Club = lazy(read, (part) => part.Club);
const Directs = lazy(read, (part) => part.Directs);
const Saved = lazy(read, (part) => part.Saved);
const Threads = lazy(read, (part) => part.Threads);
const Search = lazy(read, (part) => part.Search);
const Agenda = lazy(events, (part) => part.Agenda);
const EventPage = lazy(events, (part) => part.EventPage);
const Directory = lazy(people, (part) => part.Directory);
const PersonPage = lazy(people, (part) => part.PersonPage);
const NewEvent = lazy(desk, (part) => part.NewEvent);
const EditEvent = lazy(desk, (part) => part.EditEvent);
const Registrations = lazy(desk, (part) => part.Registrations);
const Attendance = lazy(desk, (part) => part.Attendance);
const ClubEvents = lazy(desk, (part) => part.ClubEvents);
const Library = lazy(library, (part) => part.Library);
const ResourcePage = lazy(library, (part) => part.ResourcePage);
const NewResource = lazy(shelf, (part) => part.NewResource);
const EditResource = lazy(shelf, (part) => part.EditResource);
const Review = lazy(shelf, (part) => part.Review);
const Channels = lazy(manage, (part) => part.Channels);
const Members = lazy(manage, (part) => part.Members);
const Persons = lazy(manage, (part) => part.Persons);
const Synonyms = lazy(manage, (part) => part.Synonyms);
const Settings = lazy(manage, (part) => part.Settings);

export function App() {
  const to = route.value;
  const me = loaded.value ? state.value.me.id : 0;
  useEffect(() => {
    if (me) {
      restore(me);
      void talk().catch(() => {}); // most go there next
    }
    if (me && (route.peek().page === "login" || route.peek().page === "forgot")) {
      go({ page: "today" }, "replace");
    }
  }, [me]);
  if (to.page === "text" && session.value === "anonymous") {
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
    case "places":
      return narrow.value ? <Places /> : <Today />;
    case "today":
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
    case "agenda":
      return <Agenda query={to.query} />;
    case "event":
      return <EventPage key={to.event} id={to.event} />;
    case "eventNew":
      return <NewEvent key={to.club} club={to.club} />;
    case "eventEdit":
      return <EditEvent key={to.event} id={to.event} />;
    case "eventRegistrations":
      return <Registrations key={to.event} event={to.event} />;
    case "eventPresence":
      return <Attendance key={to.event} event={to.event} />;
    case "clubEvents":
      return <ClubEvents key={to.club} club={to.club} />;
    case "resources":
      return <Library query={to.query} />;
    case "resource":
      return <ResourcePage key={to.resource} id={to.resource} edition={to.edition} />;
    case "resourceNew":
      return <NewResource key={to.query.etagere} query={to.query} />;
    case "resourceEdit":
      return <EditResource key={to.resource} id={to.resource} />;
    case "resourceReview":
      return <Review club={to.club} />;
    case "directory":
      return <Directory query={to.query} />;
    case "person":
      return <PersonPage key={to.person} id={to.person} />;
    case "saved":
      return <Saved />;
    case "threads":
      return <Threads />;
    case "settings":
      return <Settings />;
    case "persons":
      return <Persons />;
    case "synonyms":
      return <Synonyms />;
    case "text":
      return <TextPage slug={to.slug} />;
    case "lost":
      return <Lost />;
  }
}

/** On a phone the left column is a page of its own: it only needs its heading. */
function Places() {
  useTitle(t.nav.places);
  return (
    <main class="places-main" id="contenu" tabIndex={-1}>
      <h1 class="visually-hidden">{t.nav.places}</h1>
    </main>
  );
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
