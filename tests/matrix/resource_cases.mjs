// The rows of the matrix about the library: {command: {object: (w, who) => its parameters}}, as in cases.mjs.

import { nonce } from "../lib/client.mjs";
import { resourceIn } from "../lib/library.mjs";

const any = (params = {}) => ({ any: () => params });
const made = (more) => (more instanceof Function ? more() : more);
const about = (resource, more) => resource && { resource, ...made(more) };

/** On the shelf of the Ain, by another of its members, at each step of its life; on other shelves. */
const seen = (more = {}) => ({
  draft: async (w) => about(await w.resource("draft"), more),
  proposed: async (w) => about(await w.resource("proposed"), more),
  published: async (w) => about(await w.resource("published"), more),
  withdrawn: async (w) => about(await w.resource("withdrawn"), more),
  elsewhere: async (w) => about(await w.resourceElsewhere(), more),
  public: async (w) => about(await w.resourceElsewhere({ is_public: true }), more),
  national: async (w) => about(await w.resourceForAll(), more),
});
/** One's own; undefined where one may not write. */
const own =
  (state, more = {}) =>
  async (w, who) =>
    about(await w.resourceOf(who, state), more);

const shelves = (more = {}) => ({
  own: (w) => ({ club: w.club, ...made(more) }),
  elsewhere: (w) => ({ club: w.clubElsewhere, ...made(more) }),
  national: (w) => ({ club: w.clubOfAll, ...made(more) }),
});
const edition = () => ({ link: "https://exemple.fr/seconde", nonce: nonce() });
const fresh = () => ({ ...resourceIn(), link: "https://exemple.fr/", nonce: nonce() });

/** A message and a resource that was taken from it: what is tried is to take from it. */
const taken = (channel) => async (w) => ({
  club: w.club,
  ...fresh(),
  source_message: await w.said(w.host, channel(w)),
});

export const resourceCases = {
  "edition.add": { ...seen(edition), own: own("draft", edition) },
  "edition.use": { ...seen({ number: 1 }), own: own("draft", { number: 1 }) },
  "resource.create": {
    ...shelves(fresh),
    public: (w) => ({ club: w.club, ...fresh(), is_public: true }),
    source: taken((w) => w.open),
    hidden: taken((w) => w.private),
  },
  "resource.delete": {
    draft: seen().draft,
    proposed: seen().proposed,
    published: seen().published,
    own: own("draft"),
  },
  "resource.get": { ...seen(), own: own("proposed") },
  "resource.list": any(),
  "resource.propose": { draft: seen().draft, own: own("draft") },
  "resource.publish": {
    draft: seen().draft,
    proposed: seen().proposed,
    withdrawn: seen().withdrawn,
    elsewhere: async (w) => about(await w.resourceElsewhere({}, "proposed")),
    national: async (w) => about(await w.resourceForAll({}, "proposed")),
    own: own("draft"),
  },
  "resource.return": {
    proposed: seen({ remark: "À revoir" }).proposed,
    own: own("proposed", { remark: "À revoir" }),
  },
  "resource.review": shelves(),
  "resource.update": { ...seen(resourceIn), own: own("proposed", resourceIn) },
  "resource.withdraw": {
    published: seen().published,
    elsewhere: seen().elsewhere,
    public: seen().public,
    national: seen().national,
  },
  "shelf.atom": {
    public: (w) => ({ club: w.clubShown }),
    hidden: async (w) => {
      await w.resource("published");
      return { club: w.club };
    },
  },
  "shelf.feed": {
    fresh: async (w) => {
      const { url } = await w.host.ask("feed.create", { kind: "shelf", club: w.club });
      return { token: /secret\/(.+)\.atom$/.exec(url)[1] };
    },
    wrong: () => ({ token: "ceci-n-est-pas-une-bibliotheque-000" }),
  },
  "territory.find": any({ query: "Nantua" }),
};
