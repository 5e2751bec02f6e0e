// Commands the server does not describe yet. This file goes when it does.

import type { Nodes as Tree } from "../gen/protocol.ts";

declare module "../gen/protocol.ts" {
  interface Commands {
    "page.get": [{ slug: string }, { body: string; nodes: Tree; updated_at: number }];
    "page.set": [{ slug: string; body: string }, Record<string, never>];
    "person.export": [{ person: number }, Record<string, unknown>];
  }
}
