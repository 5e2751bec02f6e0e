import type { ComponentChildren } from "preact";
import { useThemes } from "../../core/events.ts";
import { functionBeside } from "../../core/names.ts";
import { faceOf } from "../../core/people.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Profile } from "../../core/types.ts";
import { Disc } from "../Disc.tsx";
import { Reach } from "./Reach.tsx";

interface CardProps {
  profile: Profile;
  level: 2 | 3; // of its heading
  tools?: ComponentChildren;
}

/** A person in a few lines, as others see them. */
export function PersonCard({ profile, level, tools }: CardProps) {
  const { id, name, offer, email, phone } = profile;
  const Heading = `h${level}` as "h2" | "h3";
  return (
    <article class="person">
      <Disc person={faceOf(profile)} />
      <div class="person-main">
        <Heading class="person-name">
          <a href={hrefOf({ page: "person", person: id })}>{name}</a>
        </Heading>
        <Functions profile={profile} />
        {offer && (
          <p class="person-offer">
            <strong>{t.profile.offer}</strong> {offer}
          </p>
        )}
        <ThemeTags ids={profile.themes ?? []} />
      </div>
      {(tools || email || phone) && (
        <div class="person-tools">
          {tools}
          <Reach name={name} email={email} phone={phone} />
        </div>
      )}
    </article>
  );
}

/** What they do, and where; nothing that only says the name again. */
function Functions({ profile: { name, functions, departements } }: { profile: Profile }) {
  const labels = functions.flatMap(
    ({ label, role }) => functionBeside({ name, function: label || t.roles[role] }) ?? [],
  );
  const places = departements.map((one) => `${one.name} (${one.code})`).join(", ");
  return (
    <>
      {[...new Set(labels)].map((label) => (
        <p key={label} class="person-function">
          {label}
        </p>
      ))}
      {places && <p class="small muted">{places}</p>}
    </>
  );
}

/** Each leads to the others who work on it. */
export function ThemeTags({ ids }: { ids: readonly number[] }) {
  const themes = useThemes().filter((theme) => ids.includes(theme.id));
  return themes.length === 0 ? null : (
    <ul class="person-themes" aria-label={t.profile.themes}>
      {themes.map((theme) => (
        <li key={theme.id}>
          <a class="tag" href={hrefOf({ page: "directory", query: { theme: theme.id } })}>
            {theme.name}
          </a>
        </li>
      ))}
    </ul>
  );
}
