// Commands over HTTP: those that log in or out, and those a visitor without a session may call.

import { Refusal, Unreachable } from "./problem.ts";
import type { Commands, Problem } from "./types.ts";

export async function post<Name extends keyof Commands>(
  name: Name,
  params: Commands[Name][0],
): Promise<Commands[Name][1]> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": "fr" },
      body: JSON.stringify(params),
      credentials: "same-origin",
    });
    text = await response.text();
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) {
    const problem = problemIn(text);
    throw problem ? new Refusal(problem) : new Unreachable();
  }
  return JSON.parse(text) as Commands[Name][1];
}

/** What a refusal says of itself; undefined where the answer is no problem document. */
export function problemIn(text: string): Problem | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isProblem(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}
