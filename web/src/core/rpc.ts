// One WebSocket that comes back by itself: JSON-RPC calls out, notifications in.
// Owns the socket and the waiting calls. Knows nothing of what the commands mean.

import { Refusal, Unreachable } from "./problem.ts";
import type { Breath, Commands, Fact, Hello, Problem, Status } from "./types.ts";

export interface RpcEvents {
  hello: (hello: Hello) => void;
  fact: (fact: Fact) => void;
  breath: (breath: Breath) => void;
  reload: (reason: string) => void;
  /** Whether the server can write: said when that changes, and after `hello` only if it cannot. */
  writable: (writable: boolean) => void;
  /** The server answered: what the browser says of the network was wrong, or is past. */
  alive: () => void;
  /** The line broke; `ended`: the server said the session is over. */
  down: (ended: boolean, wasUp: boolean) => void;
}

interface Waiting {
  done: (result: unknown) => void;
  failed: (error: Error) => void;
}

const SUBPROTOCOL = "beffroi.v1";
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;
const SESSION_OVER = 4401;
const NOT_ALLOWED = 4403;

/** Waits double up to half a minute, each drawn between its half and its whole. */
export function backoffMs(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  return Math.round(whole / 2 + (whole / 2) * random);
}

export class Rpc {
  private socket: WebSocket | undefined;
  private waiting = new Map<number, Waiting>();
  private nextId = 1;
  private attempt = 0;
  private timer: number | undefined;
  private pingTimer: number | undefined;
  private up = false;
  private stopped = true;
  private readonly events: RpcEvents;
  private readonly url: string;

  constructor(url: string, events: RpcEvents) {
    this.url = url;
    this.events = events;
  }

  start(): void {
    this.stopped = false;
    this.attempt = 0;
    this.open();
  }

  stop(): void {
    this.stopped = true;
    window.clearTimeout(this.timer);
    this.socket?.close(1000);
    this.drop(false);
  }

  /**
   * The browser says the network is back, or the page is looked at again: no need to wait longer.
   */
  wake(): void {
    if (!this.stopped && !this.socket) {
      this.attempt = 0;
      this.open();
    } else if (this.up) {
      this.ping();
    }
  }

  call<Name extends keyof Commands>(
    name: Name,
    params: Commands[Name][0],
  ): Promise<Commands[Name][1]> {
    const socket = this.socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Unreachable());
    }
    const id = this.nextId++;
    const answer = new Promise<Commands[Name][1]>((resolve, reject) => {
      const done = (result: unknown) => resolve(result as Commands[Name][1]);
      this.waiting.set(id, { done, failed: reject });
    });
    socket.send(JSON.stringify({ jsonrpc: "2.0", id, method: name, params }));
    return answer;
  }

  private open(): void {
    window.clearTimeout(this.timer);
    const socket = new WebSocket(this.url, SUBPROTOCOL);
    this.socket = socket;
    socket.onmessage = (event) => {
      if (this.socket === socket) {
        this.receive(String(event.data));
      }
    };
    socket.onclose = (event) => {
      if (this.socket === socket) {
        this.drop(event.code === SESSION_OVER || event.code === NOT_ALLOWED);
      }
    };
  }

  private receive(text: string): void {
    const frame = JSON.parse(text) as {
      id?: number;
      result?: unknown;
      error?: { code: number; message: string; data?: Problem };
      method?: string;
      params?: unknown;
    };
    if (frame.id !== undefined && frame.id !== null) {
      this.answer(frame.id, frame.result, frame.error);
    } else if (frame.method === "hello") {
      this.up = true;
      this.attempt = 0;
      this.schedulePing();
      this.events.writable(true);
      this.events.hello(frame.params as Hello);
    } else if (frame.method === "fact") {
      this.events.fact(frame.params as Fact);
    } else if (frame.method === "breath") {
      this.events.breath(frame.params as Breath);
    } else if (frame.method === "reload") {
      this.events.reload((frame.params as { reason?: string }).reason ?? "");
    } else if (frame.method === "status") {
      this.events.writable((frame.params as Status).writable);
    }
  }

  private answer(
    id: number,
    result: unknown,
    error?: { code: number; message: string; data?: Problem },
  ): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) {
      const plain = {
        type: "",
        title: error.message,
        detail: error.message,
        status: 500,
        code: error.code,
      };
      call?.failed(new Refusal(error.data ?? plain));
    } else {
      call?.done(result);
    }
  }

  private drop(ended: boolean): void {
    const wasUp = this.up;
    const failed = [...this.waiting.values()];
    window.clearTimeout(this.pingTimer);
    this.socket = undefined;
    this.up = false;
    this.waiting.clear();
    for (const call of failed) {
      call.failed(new Unreachable());
    }
    if (!this.stopped && !ended) {
      this.timer = window.setTimeout(() => this.open(), backoffMs(this.attempt++, Math.random()));
    }
    this.events.down(ended, wasUp);
  }

  private schedulePing(): void {
    window.clearTimeout(this.pingTimer);
    this.pingTimer = window.setTimeout(() => this.ping(), PING_EVERY_MS);
  }

  /** A dead line looks alive to a browser: ask, and hang up if nothing comes back. */
  private ping(): void {
    const socket = this.socket;
    window.clearTimeout(this.pingTimer);
    this.pingTimer = window.setTimeout(() => {
      if (this.socket === socket) {
        socket?.close();
        this.drop(false);
      }
    }, ANSWER_WITHIN_MS);
    this.call("ping", {}).then(
      () => {
        this.schedulePing();
        this.events.alive();
      },
      () => {},
    );
  }
}
