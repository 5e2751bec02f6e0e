// A look into a server's database from outside, by the sqlite3 shell: what no answer tells.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const shell = (server, args) =>
  execFileSync("sqlite3", [...args.slice(0, -1), join(server.data, "beffroi.db"), args.at(-1)], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });

/** The rows of a SELECT, as objects; the server may be running. */
export function rows(server, sql) {
  const text = shell(server, ["-readonly", "-json", sql]);
  return text ? JSON.parse(text) : [];
}

/** The one value of a SELECT. */
export const value = (server, sql) => Object.values(rows(server, sql)[0] ?? {})[0];

/** Changes rows, as only time could. The server must be down: it is the one writer. */
export function change(server, sql) {
  if (server.child) throw new Error("the server is running");
  shell(server, [sql]);
}
