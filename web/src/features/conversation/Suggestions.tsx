import { t } from "../../core/strings.ts";
import { Disc } from "../../ui/Disc.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Mentions } from "./useMentions.ts";

export function Suggestions({ id, open, items, active, choose }: Mentions) {
  if (!open) {
    return null;
  }
  return (
    <div class="suggestions" role="listbox" id={id} aria-label={t.composer.mentions}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and its keys
        // biome-ignore lint/a11y/useFocusableInteractive: chosen through aria-activedescendant
        <div
          key={item.key}
          id={`${id}-${item.key}`}
          class="suggestion"
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(item)}
        >
          {item.person ? <Disc person={item.person} small /> : <Icon name="people" />}
          <span class="grow">
            <span class="message-author">{item.name}</span>{" "}
            <span class="muted small">{item.detail}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
