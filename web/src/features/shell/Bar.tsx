import { useSelect } from "../../core/hooks.ts";
import { waitingIn } from "../../core/places.ts";
import { hrefOf, type Route, route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";

/** The bar of four, under the thumb; one searches from « Aujourd'hui » and from the Clubs. */
export function Bar() {
  const channels = useSelect((now) => now.channels, []);
  const all = Object.values(channels);
  const inClubs = waitingIn(all.filter((channel) => channel.kind !== "direct"));
  const inDirects = waitingIn(all.filter((channel) => channel.kind === "direct"));
  return (
    <nav class="bar" aria-label={t.nav.bar}>
      <BarLink to={{ page: "today" }} icon="today" name={t.nav.today} />
      <BarLink to={{ page: "agenda", query: {} }} icon="calendar" name={t.nav.agenda} />
      <BarLink to={{ page: "places" }} icon="landmark" name={t.nav.clubs} {...inClubs} />
      <BarLink to={{ page: "directs" }} icon="direct" name={t.nav.messages} {...inDirects} />
    </nav>
  );
}

interface BarLinkProps {
  to: Route;
  icon: IconName;
  name: string;
  unread?: boolean;
  mentions?: number;
}

function BarLink({ to, icon, name, unread, mentions = 0 }: BarLinkProps) {
  const here = route.value.page === to.page;
  return (
    <a href={hrefOf(to)} aria-current={here ? "page" : undefined}>
      <Icon name={icon} />
      {name}
      {mentions > 0 ? (
        <Badge count={mentions} label={t.nav.mentions(mentions)} />
      ) : (
        unread && (
          <>
            <span class="dot" aria-hidden="true" />
            <span class="visually-hidden">({t.nav.unread})</span>
          </>
        )
      )}
    </a>
  );
}
