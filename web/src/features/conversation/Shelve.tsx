// From a conversation to the library in two clicks: its form comes filled with the file and its source.

import { useSelect } from "../../core/hooks.ts";
import { state } from "../../core/live.ts";
import { hrefOf, type Route } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Message, File as SharedFile } from "../../core/types.ts";
import { Icon } from "../../ui/Icon.tsx";

/** The form of a resource of the message's Club; of the national one where it has none. */
export function routeToShelve(message: Message, file: SharedFile): Route {
  const { channels, clubs } = state.peek();
  const national = Object.values(clubs).find(({ kind }) => kind === "national");
  const shelf = channels[message.channel]?.club ?? national?.id;
  return {
    page: "resourceNew",
    query: {
      fichier: file.key,
      nom: file.name,
      message: message.id,
      ...(shelf ? { etagere: shelf } : {}),
    },
  };
}

const READS_ONLY: readonly string[] = ["lecteur"];

/** Who only reads a Club brings nothing to its shelf. */
export function useMayShelve(message: Message): boolean {
  return useSelect(
    (now) => {
      const club = now.channels[message.channel]?.club;
      const clubs = club ? [now.clubs[club]] : Object.values(now.clubs);
      return clubs.some((one) => one?.roles.some((role) => !READS_ONLY.includes(role)));
    },
    [message.channel],
  );
}

export function ShelveButton({ message, file }: { message: Message; file: SharedFile }) {
  return useMayShelve(message) ? (
    <a
      class="icon-button"
      href={hrefOf(routeToShelve(message, file))}
      aria-label={t.files.shelveName(file.name)}
      title={t.files.shelve}
    >
      <Icon name="library" />
    </a>
  ) : null;
}
