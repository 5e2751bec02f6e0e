// Whom to ask in this Club: the service that runs it, and its animateurs.

import { useEffect, useState } from "preact/hooks";
import { useAction, useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, learn } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubCard, Profile } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Notice.tsx";
import { Reach } from "../../ui/person/Reach.tsx";
import { ContactForm } from "./ContactForm.tsx";

const ANIMATEURS_SHOWN = 10;

export function ContactCard({ club, manages }: { club: number; manages: boolean }) {
  const card = useSelect((now) => now.cards[club], [club]);
  const [editing, setEditing] = useState(false);
  const loading = useAction();
  const load = () =>
    void loading.run(async () => {
      const found = await ask("club.card_get", { club });
      learn({ seq: found.seq, cards: [found.card] });
    });
  useEffect(() => {
    if (!card) {
      load();
    }
  }, [club, card === undefined]);
  const animateurs = useAnimateurs(club);
  const empty = !card?.service && animateurs.length === 0;
  if (!card || (empty && !manages)) {
    return loading.error ? <Failed error={loading.error} again={load} /> : null;
  }
  return (
    <section class="section" aria-labelledby="contact">
      <h2 id="contact">{t.card.title}</h2>
      <div class="card stack-s contact">
        {card.service ? <Service card={card} /> : manages && <Nothing />}
        <Animateurs people={animateurs} />
        {manages && (
          <p>
            <Button icon={card.service ? "edit" : "plus"} onClick={() => setEditing(true)}>
              {card.service ? t.card.edit : t.card.add}
            </Button>
          </p>
        )}
      </div>
      {editing && <ContactForm card={card} onClose={() => setEditing(false)} />}
    </section>
  );
}

function useAnimateurs(club: number): readonly Profile[] {
  const { data, again } = useQuery(
    () => ask("directory.list", { club, role: "animateur", limit: ANIMATEURS_SHOWN }),
    [club],
  );
  useFacts(
    ["member.changed", "member.left"],
    again,
    (fact) => (fact.fact === "member.changed" || fact.fact === "member.left") && fact.club === club,
  );
  return data?.people ?? [];
}

function Nothing() {
  return (
    <div>
      <p>{t.card.none}</p>
      <p class="small muted">{t.card.noneHint}</p>
    </div>
  );
}

function Service({ card }: { card: ClubCard }) {
  const { service = "", address, hours, phone, email, people } = card;
  return (
    <>
      <p class="strong">{service}</p>
      {address && <p class="lines">{address}</p>}
      {hours && <p class="muted">{hours}</p>}
      <p class="person-tools">
        <Reach name={service} phone={phone} email={email} />
      </p>
      {people.length > 0 && (
        <ul class="contact-people">
          {people.map((person, index) => (
            <li key={index}>
              <p>
                {person.name}
                {person.label && <span class="small muted"> · {person.label}</span>}
              </p>
              <p class="person-tools">
                <Reach name={person.name} phone={person.phone} email={person.email} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Animateurs({ people }: { people: readonly Profile[] }) {
  return people.length === 0 ? null : (
    <p class="small">
      <span class="muted">{t.card.animateurs}</span>{" "}
      {people.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <a href={hrefOf({ page: "person", person: id })}>{name}</a>
        </span>
      ))}
    </p>
  );
}
