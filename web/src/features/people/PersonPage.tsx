// One person: what they do and where, what they can help with, how to reach them.

import { dateOf } from "../../core/dates.ts";
import { functionBeside } from "../../core/names.ts";
import { faceOf, useProfile } from "../../core/people.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Commands, Profile } from "../../core/types.ts";
import { Disc } from "../../ui/Disc.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ThemeTags } from "../../ui/person/PersonCard.tsx";
import { Reach } from "../../ui/person/Reach.tsx";
import { WriteButton } from "../../ui/person/WriteButton.tsx";

type Can = Commands["profile.get"][1]["can"];
const DIRECTORY = { page: "directory", query: {} } as const;

export default function PersonPage({ id }: { id: number }) {
  const { data, gone, error, again } = useProfile(id);
  const above = <a href={hrefOf(DIRECTORY)}>{t.directory.title}</a>;
  if (!data) {
    return (
      <Page title={t.profile.title} above={above} up={DIRECTORY}>
        {gone && <Gone />}
        {error && <Failed error={error} again={again} />}
        {!gone && !error && <Loading />}
      </Page>
    );
  }
  const { profile, can } = data;
  return (
    <Page title={profile.name} above={above} up={DIRECTORY}>
      <Top profile={profile} can={can} />
      <Functions profile={profile} />
      {profile.offer && (
        <section class="section" aria-labelledby="aide">
          <h2 id="aide">{t.profile.offer}</h2>
          <p class="lines">{profile.offer}</p>
        </section>
      )}
      {profile.themes && profile.themes.length > 0 && (
        <section class="section" aria-labelledby="themes">
          <h2 id="themes">{t.profile.themes}</h2>
          <ThemeTags ids={profile.themes} />
        </section>
      )}
    </Page>
  );
}

/** Who is not there and who cannot be seen are answered alike. */
function Gone() {
  return (
    <Empty title={t.profile.gone}>
      <p>{t.profile.goneHint}</p>
      <p>
        <a class="button" href={hrefOf(DIRECTORY)}>
          {t.profile.toDirectory}
        </a>
      </p>
    </Empty>
  );
}

function Top({ profile, can }: { profile: Profile; can: Can }) {
  const { id, name, email, phone } = profile;
  return (
    <div class="person-top">
      <Disc person={faceOf(profile)} />
      {can.includes("write") && <WriteButton id={id} name={name} />}
      {can.includes("edit") && (
        <>
          <a class="button" href={hrefOf({ page: "settings" })}>
            <Icon name="edit" />
            {t.profile.edit}
          </a>
          <span class="small muted">{t.profile.self}</span>
        </>
      )}
      <Reach name={name} email={email} phone={phone} />
    </div>
  );
}

function Functions({ profile }: { profile: Profile }) {
  const { name, functions, departements } = profile;
  if (functions.length === 0) {
    return <Empty title={t.profile.quiet} />;
  }
  return (
    <section class="section" aria-labelledby="fonctions">
      <h2 id="fonctions">{t.profile.functions}</h2>
      <ul class="card card-flush list">
        {functions.map(({ label, role, since, town }) => (
          <li class="person-post" key={`${label}${role}`}>
            <p>{functionBeside({ name, function: label }) ?? t.roles[role]}</p>
            <p class="small muted">
              {[town && !label.includes(town) && town, t.profile.since(dateOf(since))]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
      {departements.length > 0 && (
        <p class="person-places">
          {departements.map(({ code, name: of }) => (
            <a
              key={code}
              class="tag"
              href={hrefOf({ page: "directory", query: { departement: code } })}
            >
              {of} ({code})
            </a>
          ))}
        </p>
      )}
    </section>
  );
}
