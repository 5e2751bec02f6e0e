import { useEffect } from "preact/hooks";
import { type Loading, useFacts, useQuery } from "../../core/hooks.ts";
import { ask, line, send } from "../../core/live.ts";

/** Tells the server which channel is on screen: who writes there is only told to those who look. */
export function useOpenChannel(channel: number): void {
  const online = line.value === "online";
  useEffect(() => {
    if (online) {
      send("channel.open", { channel }).catch(() => {});
    }
    return () => {
      send("channel.open", {}).catch(() => {});
    };
  }, [channel, online]);
}

export function useReaders(channel: number): Loading<number> {
  const readers = useQuery(
    async () => (await ask("channel.members", { channel, limit: 1 })).readers,
    [channel],
  );
  useFacts(
    [
      "member.changed",
      "member.left",
      "channel.member_added",
      "channel.member_removed",
      "channel.entered",
    ],
    readers.again,
  );
  return readers;
}
