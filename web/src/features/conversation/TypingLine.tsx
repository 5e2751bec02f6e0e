import { useEffect } from "preact/hooks";
import { onEachFact } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { hasWritten, writers } from "./typing.ts";

export function TypingLine({ channel, thread }: { channel: number; thread?: number }) {
  useEffect(
    () =>
      onEachFact((fact) => {
        if (fact.fact === "message.posted") {
          hasWritten(fact.message.author.id, fact.message.channel);
        }
      }),
    [],
  );
  const here = writers.value.filter((one) => one.channel === channel && one.thread === thread);
  const names = here.map((one) => one.name);
  return <p class="typing">{names.length > 0 && t.channel.typing(names)}</p>;
}
