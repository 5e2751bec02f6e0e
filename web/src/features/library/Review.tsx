// What waits for a word of those who keep a shelf, and what is on each Wednesday to come.

import { useState } from "preact/hooks";
import { dayOf } from "../../core/dates.ts";
import { useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { nationalClub, shelfName } from "../../core/library.ts";
import { ask, learn } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ResourceLine } from "../../ui/resource/ResourceLine.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { clockText, type Review as Found, type Slot, slotText } from "./publishing.ts";
import { Shelf } from "./Shelf.tsx";
import { ReturnDialog } from "./WordDialogs.tsx";

const SCHEDULED = ["scheduled"] as const;
const WITHDRAWN = ["withdrawn"] as const;
type Open = { what: "publish" | "return"; resource: Resource };

async function fetchReview(club: number): Promise<Found> {
  const found = await ask("resource.review", { club });
  const resources = found.proposed.map(({ resource }) => resource);
  learn({ seq: found.seq, resources });
  return found;
}

export default function Review({ club: id }: { club: number }) {
  const club = useSelect((now) => (id ? now.clubs[id] : nationalClub(now)), [id]);
  const shelf = useSelect((now) => club && shelfName(now, club.id), [club]);
  const query = club?.kind === "departement" ? { etagere: club.id } : {};
  const to = hrefOf({ page: "resources", query });
  return (
    <Page
      title={lib.review.title}
      up={{ page: "resources", query }}
      above={shelf && <a href={to}>{shelf}</a>}
    >
      {club ? (
        <Waiting key={club.id} club={club.id} weekly={club.kind === "national"} />
      ) : (
        <Empty title={lib.review.notYours} />
      )}
    </Page>
  );
}

const isTaken = ({ resources }: Slot) => resources.length > 0;

/** `weekly`: of the national shelf, which publishes a fiche each Wednesday; a Club's does as it likes. */
function Waiting({ club, weekly }: { club: number; weekly: boolean }) {
  const { data, error, again } = useQuery(() => fetchReview(club), [club]);
  const [open, setOpen] = useState<Open>();
  useFacts(["resource.changed", "resource.gone"], again);
  const close = () => setOpen(undefined);
  return (
    <>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data && (
        <section class="section" aria-labelledby="a-examiner">
          <h2 id="a-examiner">{lib.review.waiting}</h2>
          {data.proposed.length === 0 ? (
            <p class="muted">{lib.review.none}</p>
          ) : (
            <ul class="card card-flush list">
              {data.proposed.map((one) => (
                <Proposal key={one.resource.id} proposal={one} onOpen={setOpen} />
              ))}
            </ul>
          )}
          {data.more && <p class="muted small">{lib.review.more}</p>}
        </section>
      )}
      {data && (weekly || data.slots.some(isTaken)) && (
        <Wednesdays slots={data.slots} onMove={setOpen} />
      )}
      <Shelf
        title={lib.review.scheduled}
        wish={{ club, state: "scheduled" }}
        states={SCHEDULED}
        except={data?.slots.flatMap(({ resources }) => resources.map(({ id }) => id))}
      />
      <Shelf title={lib.review.withdrawn} wish={{ club, state: "withdrawn" }} states={WITHDRAWN} />
      {open?.what === "publish" && <PublishDialog resource={open.resource} onClose={close} />}
      {open?.what === "return" && <ReturnDialog resource={open.resource.id} onClose={close} />}
    </>
  );
}

interface ProposalProps {
  proposal: Found["proposed"][number];
  onOpen: (open: Open) => void;
}

function Proposal({ proposal, onOpen }: ProposalProps) {
  const { resource, name, at } = proposal;
  const { title } = resource;
  return (
    <li class="proposal">
      <ResourceLine resource={resource} />
      <p class="small muted proposal-by">
        {lib.review.by(name ?? lib.review.someone, dayOf(at).toLowerCase())}
      </p>
      <p class="row proposal-acts">
        <Button
          kind="primary"
          icon="announce"
          label={lib.act.publishOf(title)}
          onClick={() => onOpen({ what: "publish", resource })}
        >
          {lib.act.publish}
        </Button>
        <Button
          icon="reply"
          label={lib.act.giveBackOf(title)}
          onClick={() => onOpen({ what: "return", resource })}
        >
          {lib.act.giveBack}
        </Button>
      </p>
    </li>
  );
}

interface WednesdaysProps {
  slots: readonly Slot[];
  onMove: (open: Open) => void;
}

function Wednesdays({ slots, onMove }: WednesdaysProps) {
  return (
    <section class="section" aria-labelledby="mercredis">
      <h2 id="mercredis">{lib.review.wednesdays}</h2>
      <p class="muted">{lib.review.wednesdaysHint}</p>
      <ul class="card card-flush list slot-list">
        {slots.map((slot) => (
          <li key={slot.at} class="slot">
            <span class="slot-day">{slotText(slot)}</span>
            <div class="grow">
              {slot.resources.length === 0 && <p class="muted">{lib.review.free}</p>}
              {slot.resources.map((resource) => (
                <Planned key={resource.id} resource={resource} onMove={onMove} />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Planned({ resource, onMove }: { resource: Resource; onMove: (open: Open) => void }) {
  const { id, title, state, publish_at } = resource;
  const when = publish_at ? clockText(publish_at) : "";
  return (
    <div class="slot-item">
      <div class="grow">
        <a class="strong" href={hrefOf({ page: "resource", resource: id })}>
          {title}
        </a>
        <span class="block small muted figures">
          {state === "scheduled" ? lib.review.at(when) : lib.states[state]}
        </span>
      </div>
      {state === "scheduled" && (
        <Button
          small
          label={lib.act.moveOf(title)}
          onClick={() => onMove({ what: "publish", resource })}
        >
          {lib.act.move}
        </Button>
      )}
    </div>
  );
}
