import { signal } from "@preact/signals";

/** Counts the invitations sent from this page, so that their list is read again. */
export const invitationsChanged = signal(0);
