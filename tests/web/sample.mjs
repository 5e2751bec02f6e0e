// A small state to move: me (1), two others, a Club with two channels.

export const me = {
  id: 1,
  name: "Nadia Belkacem",
  email: "nadia@exemple.fr",
  administrator: false,
};
export const HABITAT = 10;
export const ANNONCES = 11;

export function club(part = {}) {
  return {
    id: 2,
    name: "Club PVD de l'Ain",
    kind: "departement",
    can: ["read", "write"],
    roles: ["chef_de_projet"],
    ...part,
  };
}

export function channel(id = HABITAT, mine = {}) {
  return {
    id,
    club: 2,
    kind: "open",
    posting: "all",
    name: id === HABITAT ? "Habitat" : "Annonces",
    purpose: "",
    position: id,
    archived: false,
    mine: { can: ["read", "write"], level: "all", position: 100, unread: 0, mentions: 0, ...mine },
  };
}

export function message(id, part = {}) {
  return {
    id,
    channel: HABITAT,
    author: { id: 2, name: "Julien Morel", function: "Chef de projet · Pont-de-Vaux" },
    body: `texte ${id}`,
    nodes: [{ t: "p", c: [`texte ${id}`] }],
    at: 1_700_000_000_000 + id * 1_000,
    versions: 1,
    ...part,
  };
}

export const mine = { id: 1, name: "Nadia Belkacem", function: "" };
export const posted = (id, part) => ({
  seq: id,
  fact: "message.posted",
  message: message(id, part),
});
export const deleted = (seq, id, part) => ({
  seq,
  fact: "message.deleted",
  message: message(id, { body: "", nodes: [], deleted: 1, ...part }),
});
export const calls = (kind, target) => ({ mentions: [target ? { kind, target } : { kind }] });
export const moved = (seq, part) => ({
  seq,
  fact: "read.moved",
  channel: HABITAT,
  position: 100,
  unread: 0,
  mentions: 0,
  ...part,
});
