// The frame around every page of a member: left column, reading column, bar of four on a phone.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { line, onEachFact, writable } from "../../core/live.ts";
import { isMyDoing } from "../../core/own.ts";
import { route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { place } from "../../core/title.ts";
import type { Fact } from "../../core/types.ts";
import { announce, Toasts, toast } from "../../ui/Toasts.tsx";
import { Bar } from "./Bar.tsx";
import { Jump } from "./Jump.tsx";
import { Side } from "./Side.tsx";

const SAY_AFTER_MS = 1_500;
const FRESH_MS = 60_000;

export function Shell({ children }: { children: ComponentChildren }) {
  const [jumping, setJumping] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setJumping(true);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  // Nothing else tells a screen reader that there is a new page.
  useEffect(() => place.subscribe(announce), []);
  useEffect(() => onEachFact(sayNotice), []);
  const { page } = route.value;
  const talk = page === "channel" || page === "direct";
  const kind = page === "places" ? "frame frame-places" : talk ? "frame frame-talk" : "frame";
  return (
    <div class={kind}>
      <a class="skip button" href="#contenu">
        {t.nav.skip}
      </a>
      <LineState />
      <Side onJump={() => setJumping(true)} />
      {children}
      <Bar />
      {jumping && <Jump onClose={() => setJumping(false)} />}
      <Toasts />
    </div>
  );
}

/** What comes while one is here is said at once, but for what one has just done oneself; what came
 *  before is on « Aujourd'hui ». */
function sayNotice(fact: Fact): void {
  if (fact.fact === "notice.added" && Date.now() - fact.notice.at < FRESH_MS) {
    const { kind, event, resource } = fact.notice;
    const title = event?.title ?? resource?.title ?? "";
    if (!(event && isMyDoing(event.id, kind))) {
      toast(t.concerns.say(t.concerns.notices[kind], title));
    }
  }
}

/** Says so when the line stays down, and nothing when it blinks; and when the server cannot write. */
function LineState() {
  const down = line.value !== "online";
  const [said, setSaid] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    window.clearTimeout(timer.current);
    if (down) {
      timer.current = window.setTimeout(() => setSaid(true), SAY_AFTER_MS);
    } else {
      setSaid(false);
    }
    return () => window.clearTimeout(timer.current);
  }, [down]);
  const words = said && down ? lineText() : !writable.value && t.line.readOnly;
  return (
    <div role="status" class={words ? "line" : ""}>
      {words}
    </div>
  );
}

const lineText = () => (line.value === "offline" ? t.line.offline : t.line.connecting);
