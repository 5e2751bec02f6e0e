import { dateOf } from "../../core/dates.ts";
import { sizeText } from "../../core/filing.ts";
import { useAction } from "../../core/hooks.ts";
import { hostOf, typeText } from "../../core/library.ts";
import { send } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Edition, Resource, ResourceCan } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface EditionsProps {
  resource: Resource;
  shown: Edition | undefined; // the one that is read
  can: readonly ResourceCan[];
}

/** All of them, the one in force marked; nothing where there is one only. */
export function Editions({ resource, shown, can }: EditionsProps) {
  if (resource.editions.length < 2) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="editions">
      <h2 id="editions">{lib.page.editions}</h2>
      <ul class="card card-flush list">
        {resource.editions.map((edition) => (
          <li key={edition.number} class="edition">
            <Line resource={resource} edition={edition} shown={edition === shown} />
            {can.includes("edit") && edition.number !== resource.edition && (
              <Use resource={resource.id} number={edition.number} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  resource: Resource;
  edition: Edition;
  shown: boolean;
}

function Line({ resource, edition, shown }: LineProps) {
  const { number, note, at, file, link } = edition;
  const inForce = number === resource.edition;
  const to = hrefOf({
    page: "resource",
    resource: resource.id,
    ...(inForce ? {} : { edition: number }),
  });
  const what = file ? `${typeText(file)} · ${sizeText(file.bytes)}` : link ? hostOf(link) : "";
  return (
    <div class="grow">
      <p>
        <a class="strong" href={to} aria-current={shown ? "page" : undefined}>
          {lib.page.edition(number)}
        </a>{" "}
        {inForce && <span class="tag tag-positive">{lib.page.inForce}</span>}{" "}
        {shown && !inForce && <span class="tag">{lib.page.shown}</span>}
      </p>
      {note && <p>{note}</p>}
      <p class="small muted figures">{[dateOf(at), what].filter(Boolean).join(" · ")}</p>
    </div>
  );
}

function Use({ resource, number }: { resource: number; number: number }) {
  const using = useAction();
  const use = () =>
    void using.run(async () => {
      await send("edition.use", { resource, number });
      toast(lib.edition.used(number));
    });
  return (
    <div>
      <Button small label={lib.edition.useOf(number)} busy={using.busy} onClick={use}>
        {lib.edition.use}
      </Button>
      {using.error && <p class="field-error">{using.error}</p>}
    </div>
  );
}
