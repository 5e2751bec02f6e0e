// One resource: its document first, what it is, what one may do with it; its editions.

import { useSelect } from "../../core/hooks.ts";
import { editionOf, shelfName } from "../../core/library.ts";
import { useResource } from "../../core/resources.ts";
import { hrefOf, type LibraryParams } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import { instantText } from "../../core/time.ts";
import type { Resource } from "../../core/types.ts";
import { Prose } from "../../ui/message/Prose.tsx";
import { Empty, Failed, Loading, Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { StateMark } from "../../ui/resource/marks.tsx";
import { Actions } from "./Actions.tsx";
import { Content } from "./Content.tsx";
import { Editions } from "./Editions.tsx";
import { Facts } from "./Facts.tsx";
import { FicheFacts } from "./Fiche.tsx";
import { FicheSheet } from "./FicheSheet.tsx";

interface PageProps {
  id: number;
  edition: number | undefined; // asked for by the address
}

export default function ResourcePage({ id, edition: asked }: PageProps) {
  const { resource, mine, gone, error, again } = useResource(id, true);
  const club = useSelect((now) => now.clubs[resource?.club ?? 0], [resource?.club]);
  const query: LibraryParams = club?.kind === "departement" ? { etagere: club.id } : {};
  const shelf = useSelect((now) => shelfName(now, resource?.club ?? 0), [resource?.club]);
  const up = { page: "resources", query } as const;
  if (!resource) {
    return (
      <Page title={lib.page.title} up={up}>
        {gone && <Gone />}
        {error && <Failed error={error} again={again} />}
        {!gone && !error && <Loading />}
      </Page>
    );
  }
  const edition = editionOf(resource, asked);
  const { fiche } = resource;
  const can = mine?.can ?? [];
  return (
    <Page
      title={resource.title}
      up={up}
      above={
        <>
          <a href={hrefOf(up)}>{shelf}</a> · {lib.kinds[resource.kind]}{" "}
          <StateMark resource={resource} />
        </>
      }
    >
      <div>
        <Standing resource={resource} keeper={can.includes("keep")} />
        <Older resource={resource} asked={asked} />
        {mine && <Actions resource={resource} can={can} />}
        {edition && <Content resource={resource} edition={edition} />}
        {resource.nodes.length > 0 && (
          <section class="section" aria-labelledby="presentation">
            <h2 id="presentation">{lib.page.about}</h2>
            <Prose nodes={resource.nodes} />
          </section>
        )}
        {fiche && <FicheFacts resource={resource} fiche={fiche} />}
        <Facts resource={resource} message={mine?.source_message} />
        <Editions resource={resource} shown={edition} can={can} />
      </div>
      {fiche && <FicheSheet resource={resource} fiche={fiche} />}
    </Page>
  );
}

/** What is not there and what cannot be seen are answered alike. */
function Gone() {
  return (
    <Empty title={lib.page.gone}>
      <p>
        <a class="button" href={hrefOf({ page: "resources", query: {} })}>
          {lib.page.toLibrary}
        </a>
      </p>
    </Empty>
  );
}

/** What is out of the ordinary: not published yet, or no longer. */
function Standing({ resource, keeper }: { resource: Resource; keeper: boolean }) {
  const { state, remark, publish_at } = resource;
  switch (state) {
    case "published":
      return null;
    case "returned":
    case "withdrawn":
      return (
        <Notice kind="caution">
          <p class="strong">{state === "returned" ? lib.page.returned : lib.page.withdrawn}</p>
          {remark && <p class="pre-line">{remark}</p>}
        </Notice>
      );
    case "scheduled":
      return <Notice>{lib.page.scheduled(publish_at ? instantText(publish_at) : "")}</Notice>;
    default:
      return (
        <Notice>{keeper && state === "proposed" ? lib.page.proposedToYou : lib.page[state]}</Notice>
      );
  }
}

/** A link to an edition that is not the one in force: it stays readable, and says so. */
function Older({ resource, asked }: { resource: Resource; asked: number | undefined }) {
  const { id, edition, editions } = resource;
  if (!asked || asked === edition) {
    return null;
  }
  if (!editions.some(({ number }) => number === asked)) {
    return <Notice kind="caution">{lib.page.noEdition(asked)}</Notice>;
  }
  return (
    <Notice kind="caution">
      <p class="strong">{asked < edition ? lib.page.older(asked) : lib.page.newer(asked)}</p>
      <p>
        <a href={hrefOf({ page: "resource", resource: id })}>{lib.page.toInForce(edition)}</a>
      </p>
    </Notice>
  );
}
