import { useEffect } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { onEachFact } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { hasWritten, writers } from "./typing.ts";

export function TypingLine({ channel, thread }: { channel: number; thread?: number }) {
  useEffect(
    () =>
      onEachFact((fact) => {
        if (fact.fact === "message.posted") {
          hasWritten(fact.message.author.id ?? 0, fact.message.channel);
        }
      }),
    [],
  );
  const people = useSelect((now) => now.people, []);
  const here = writers.value.filter((one) => one.channel === channel && one.thread === thread);
  const names = here.map((one) => people[one.person]?.name ?? t.channel.someone);
  return <p class="typing">{names.length > 0 && t.channel.typing(names)}</p>;
}
