// Commands over HTTP: those that log in or out, and those a visitor without a session may call.

import { Refusal, Unreachable } from "./problem.ts";
import type { Commands, Problem } from "./types.ts";

export async function post<Name extends keyof Commands>(
  name: Name,
  params: Commands[Name][0],
): Promise<Commands[Name][1]> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": "fr" },
      body: JSON.stringify(params),
      credentials: "same-origin",
    });
  } catch {
    throw new Unreachable();
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw isProblem(body) ? new Refusal(body) : new Unreachable();
  }
  return body as Commands[Name][1];
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}
