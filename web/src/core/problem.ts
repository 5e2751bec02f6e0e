// Errors as the person reads them: what happened, what was kept, what to do next.

import { errors } from "../gen/protocol.ts";
import { t } from "./strings.ts";
import type { Problem } from "./types.ts";

/** A refusal by the server, in its own words (RFC 9457). */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "Refusal";
    this.problem = problem;
  }
}
/** The server could not be reached, or the line broke before its answer. */
export class Unreachable extends Error {
  constructor() {
    super(t.errors.unreachable);
    this.name = "Unreachable";
  }
}

const { BUSY, RATE, READ_ONLY, DEADLINE, INTERNAL, LOGIN, NOT_FOUND } = errors;
const PASSING: readonly number[] = [BUSY, RATE, READ_ONLY, DEADLINE, INTERNAL];

/** Whether the same request may well pass later, unchanged. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof Unreachable ||
    (error instanceof Refusal && PASSING.includes(error.problem.code))
  );
}
export function isLoginNeeded(error: unknown): boolean {
  return error instanceof Refusal && error.problem.code === LOGIN;
}
export function isNotFound(error: unknown): boolean {
  return error instanceof Refusal && error.problem.code === NOT_FOUND;
}
export function fieldOf(error: unknown): string | undefined {
  return error instanceof Refusal ? error.problem.field : undefined;
}
export function messageOf(error: unknown): string {
  return error instanceof Refusal || error instanceof Unreachable
    ? error.message
    : t.errors.unexpected;
}
