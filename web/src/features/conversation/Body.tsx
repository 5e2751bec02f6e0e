import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { Prose } from "../../ui/message/Prose.tsx";

const LONG_CHARS = 1_400;
const LONG_LINES = 22;

/** A long message folds. */
export function Body({ message }: { message: Message }) {
  const long = message.body.length > LONG_CHARS || message.body.split("\n").length > LONG_LINES;
  const [folded, setFolded] = useState(long);
  const box = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState(long);
  useLayoutEffect(() => {
    if (folded && box.current) {
      setCut(box.current.scrollHeight > box.current.clientHeight + 4);
    }
  }, [folded, message.body]);
  return (
    <>
      <div ref={box} class={folded && cut ? "prose-fold" : ""}>
        <Prose nodes={message.nodes} />
      </div>
      {long && cut && (
        <button type="button" class="linklike small" onClick={() => setFolded(!folded)}>
          {folded ? t.message.unfold : t.message.fold}
        </button>
      )}
    </>
  );
}
