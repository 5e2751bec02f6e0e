// What the Makefile built: build/debug, or the build that BUILT names.
import { resolve } from "node:path";

/** Where a program of it is: built("beffroi"), built("faults/shim.so"). */
export const built = (name) => resolve(process.env.BUILT ?? "build/debug", name);
