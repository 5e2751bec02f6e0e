// My place: what is left, what is asked, one button; then where I stand and what I can still do.

import { useRef, useState } from "preact/hooks";
import { useNonce } from "../../core/events.ts";
import { type Action, useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { act } from "../../core/own.ts";
import {
  answersOf,
  givenOf,
  isRegistered,
  missingOf,
  openingOf,
  questionsOf,
} from "../../core/registering.ts";
import { t } from "../../core/strings.ts";
import { instantText } from "../../core/time.ts";
import type { ClubEvent, EventMine } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { seatsText } from "../../ui/event/marks.tsx";
import { submitText } from "../../ui/event/register.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { Colleague } from "./Colleague.tsx";
import { Leave } from "./Leave.tsx";
import { Questions } from "./Questions.tsx";

export interface PlaceProps {
  event: ClubEvent;
  mine: EventMine;
}

export function Registration({ event, mine, rank }: PlaceProps & { rank: number | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const action = useAction();
  const opening = openingOf(event, mine, Date.now());
  const upcoming = opening !== "cancelled" && opening !== "over" && opening !== "started";
  const registered = isRegistered(mine);
  const can = opening === "open" && !registered && mine.registration !== "refused";
  // The button that was used goes away: the focus must not go with it.
  const run = async (work: () => Promise<unknown>) => {
    const done = await action.run(async () => {
      await work();
    });
    if (done) {
      heading.current?.focus();
    }
    return done;
  };
  if (opening === "cancelled" || event.state === "draft") {
    return null;
  }
  return (
    <section class="card register" aria-labelledby="inscription">
      <h2 id="inscription" tabIndex={-1} ref={heading}>
        {t.register.title}
      </h2>
      <Standing event={event} mine={mine} rank={rank} />
      {!registered && opening !== "open" && <p>{whyNot(event, opening)}</p>}
      {upcoming && seatsText(event) && <p class="register-seats figures">{seatsText(event)}</p>}
      {can && <Register event={event} mine={mine} run={run} busy={action.busy} />}
      {upcoming && (registered || mine.registration === "invited") && (
        <div class="row">
          {mine.registration === "offered" && (
            <Button
              kind="primary"
              busy={action.busy}
              onClick={() => void run(() => act("event.confirm", { event: event.id }))}
            >
              {t.register.confirm}
            </Button>
          )}
          <Leave event={event} mine={mine} run={run} busy={action.busy} />
        </div>
      )}
      {registered && upcoming && <Answers event={event} mine={mine} run={run} action={action} />}
      {action.error && <Notice kind="error">{action.error}</Notice>}
      {opening === "open" && <Colleague event={event} />}
    </section>
  );
}

function whyNot(event: ClubEvent, opening: ReturnType<typeof openingOf>): string {
  switch (opening) {
    case "none":
      return t.register.none;
    case "over":
      return t.register.over;
    case "started":
      return t.register.started;
    case "closed":
      return t.register.closed(instantText(event.deadline_at ?? event.starts_at));
    case "invitation":
      return t.register.onInvitation;
    default:
      return t.register.notForMe;
  }
}

function Standing({ event, mine, rank }: PlaceProps & { rank: number | undefined }) {
  const { registration, held_until: heldUntil } = mine;
  const text = t.register.standing[registration];
  if (!text) {
    return null;
  }
  const waiting = registration === "waiting";
  return (
    <div class="register-standing" role="status">
      <p class="strong">
        {registration === "seated" && (
          <span class="positive">
            <Icon name="check" />{" "}
          </span>
        )}
        {waiting && rank ? t.register.rank(rank) : text}
      </p>
      {waiting && <p class="small muted">{t.register.rankHint(event.hold_hours)}</p>}
      {registration === "offered" && heldUntil && <p>{t.register.held(instantText(heldUntil))}</p>}
    </div>
  );
}

export interface RunProps extends PlaceProps {
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  busy: boolean;
}

function Register({ event, mine, run, busy }: RunProps) {
  const nonce = useNonce();
  const questions = questionsOf(event);
  const [given, setGiven] = useState(givenOf(mine));
  const [missing, setMissing] = useState<readonly number[]>([]);
  const submit = async () => {
    const without = missingOf(questions, given);
    setMissing(without);
    if (without.length > 0) {
      return;
    }
    const answers = answersOf(questions, given);
    await run(() => act("event.register", { event: event.id, answers, nonce: nonce.value }));
    nonce.used();
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!busy) {
          void submit();
        }
      }}
    >
      <Questions questions={questions} given={given} missing={missing} onGiven={setGiven} />
      <Button kind="primary" type="submit" busy={busy}>
        {submitText(event, mine)}
      </Button>
      {event.registration === "approval" && <p class="small muted">{t.register.approval}</p>}
      {event.deadline_at ? (
        <p class="small muted">{t.register.until(instantText(event.deadline_at))}</p>
      ) : null}
    </form>
  );
}

/** What I answered, to be changed until registrations close. */
function Answers({ event, mine, run, action }: Omit<RunProps, "busy"> & { action: Action }) {
  const questions = questionsOf(event);
  const [given, setGiven] = useState(givenOf(mine));
  const [missing, setMissing] = useState<readonly number[]>([]);
  const open = openingOf(event, mine, Date.now()) !== "closed";
  if (questions.length === 0 || !open) {
    return null;
  }
  const save = async () => {
    const without = missingOf(questions, given);
    setMissing(without);
    const answers = answersOf(questions, given);
    if (
      without.length === 0 &&
      (await run(() => send("event.answer", { event: event.id, answers })))
    ) {
      toast(t.register.answersSaved);
    }
  };
  return (
    <details class="register-more">
      <summary>{t.register.changeAnswers}</summary>
      <form
        class="stack"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          void save();
        }}
      >
        <Questions questions={questions} given={given} missing={missing} onGiven={setGiven} />
        <Button type="submit" busy={action.busy}>
          {t.register.saveAnswers}
        </Button>
      </form>
    </details>
  );
}
