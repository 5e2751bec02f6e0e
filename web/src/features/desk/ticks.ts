// Who was there, as ticked: shown at once, kept in the browser until the server has it, sent one after
// the other. The room's network may be poor; nothing ticked is lost, even if the tab is closed.

import { type Signal, signal } from "@preact/signals";
import { dropKept, keep, readKept } from "../../core/kept.ts";
import { line, send } from "../../core/live.ts";
import { isPassing, messageOf } from "../../core/problem.ts";

/** true: present; false: absent; null: not ticked. */
export type Tick = boolean | null;
export interface Mark {
  tick: Tick;
  status: "sent" | "waiting" | "failed";
  error?: string;
}
type Kept = [person: number, tick: Tick][];

const RETRY_MS = 3_000;

function isKept(value: unknown): value is Kept {
  return (
    Array.isArray(value) &&
    value.every((one) => Array.isArray(one) && typeof one[0] === "number" && one.length === 2)
  );
}

export class Ticks {
  /** How many have not reached the server. */
  readonly unsent = signal(0);
  private readonly event: number;
  private readonly marks = new Map<number, Signal<Mark>>();
  private readonly heard = new Map<number, number>();
  private readonly told = new Map<number, Tick>();
  private readonly pending: Map<number, Tick>;
  private sending = false;
  private stopped = false;
  private timer = 0;
  private readonly offLine: () => void;

  constructor(event: number) {
    this.event = event;
    this.pending = new Map(this.kept());
    for (const [person, tick] of this.pending) {
      this.of(person).value = { tick, status: "waiting" };
    }
    this.unsent.value = this.pending.size;
    this.offLine = line.subscribe(() => void this.pump());
  }

  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.offLine();
  }

  of(person: number): Signal<Mark> {
    let mark = this.marks.get(person);
    if (!mark) {
      mark = signal<Mark>({ tick: null, status: "sent" });
      this.marks.set(person, mark);
    }
    return mark;
  }

  /** What the server said at `seq`; what is not sent yet stays as ticked here. */
  learn(person: number, tick: Tick, seq: number): void {
    if (seq < (this.heard.get(person) ?? 0)) {
      return; // read before what was told since
    }
    this.heard.set(person, seq);
    this.told.set(person, tick);
    const mark = this.of(person);
    const { tick: old, status } = mark.peek();
    if (status === "sent" && old !== tick) {
      mark.value = { tick, status };
    }
  }

  set(person: number, tick: Tick): void {
    this.of(person).value = { tick, status: "waiting" };
    this.pending.set(person, tick);
    this.note(person);
    void this.pump();
  }

  /** What was refused is given up: as the server has it. */
  drop(person: number): void {
    this.pending.delete(person);
    this.of(person).value = { tick: this.told.get(person) ?? null, status: "sent" };
    this.note(person);
  }

  private name(): string {
    return `ticks.${this.event}`;
  }

  private kept(): Kept {
    return readKept(this.name(), isKept, "browser") ?? [];
  }

  /** Another tab may keep ticks of the same event: only this one is changed. */
  private note(person: number): void {
    this.unsent.value = this.pending.size;
    const others = this.kept().filter(([one]) => one !== person);
    const tick = this.pending.get(person);
    const kept: Kept = tick === undefined ? others : [...others, [person, tick]];
    if (kept.length > 0) {
      keep(this.name(), kept, "browser");
    } else {
      dropKept(this.name(), "browser");
    }
  }

  private async pump(): Promise<void> {
    const next = [...this.pending].find(([person]) => this.of(person).peek().status === "waiting");
    if (this.sending || this.stopped || !next || line.value !== "online") {
      return;
    }
    const [person, tick] = next;
    this.sending = true;
    try {
      const present = tick === null ? {} : { present: tick };
      await send("attendance.set", { event: this.event, person, ...present });
      this.sent(person, tick);
    } catch (error) {
      this.sending = false;
      if (isPassing(error)) {
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => void this.pump(), RETRY_MS);
        return;
      }
      this.of(person).value = { tick, status: "failed", error: messageOf(error) };
    }
    this.sending = false;
    void this.pump();
  }

  /** Ticked otherwise meanwhile: that one is still to be sent. */
  private sent(person: number, tick: Tick): void {
    if (this.pending.get(person) === tick) {
      this.pending.delete(person);
      this.of(person).value = { tick, status: "sent" };
      this.note(person);
    }
  }
}
